package dev.heddle.node.ffm.bpf;

/** What BPF_PROG_TEST_RUN is to do. Immutable; bytes are not copied. */
public final class TestRun {
    private static final byte[] NONE = {};

    private final byte[] packet;
    private final byte[] context;
    private final int repeat;

    private TestRun(byte[] packet, byte[] context, int repeat) {
        this.packet = packet;
        this.context = context;
        this.repeat = repeat;
    }

    /** One run on what the program sees, from the Ethernet header on. */
    public static TestRun of(byte[] packet) {
        return new TestRun(packet, NONE, 1);
    }

    /** The same so many times, on one packet; the result's time is the mean. */
    public TestRun repeated(int times) {
        return new TestRun(packet, context, times);
    }

    /**
     * With a context: for a tc program the bytes of {@code struct __sk_buff}, of which the kernel takes mark, priority,
     * ifindex, ingress_ifindex, cb, tstamp, wire_len, gso_segs, gso_size and hwtstamp, and refuses any other that is not
     * zero. The ifindex must be of a device of this namespace.
     */
    public TestRun withContext(byte[] bytes) {
        return new TestRun(packet, bytes, repeat);
    }

    byte[] packet() {
        return packet;
    }

    byte[] context() {
        return context;
    }

    int repeat() {
        return repeat;
    }
}
