package dev.heddle.node.ffm.bpf;

/** What came of a {@link TestRun}. */
public final class TestResult {
    private final int returned;
    private final byte[] packet;
    private final byte[] context;
    private final int nanos;

    TestResult(int returned, byte[] packet, byte[] context, int nanos) {
        this.returned = returned;
        this.packet = packet;
        this.context = context;
        this.nanos = nanos;
    }

    /** The program's return value; {@code TC_ACT_*} or {@code TCX_*} for a tc program. */
    public int returned() {
        return returned;
    }

    /** As the program left it; a copy. */
    public byte[] packet() {
        return packet.clone();
    }

    /** As the program left it; empty when none was given. */
    public byte[] context() {
        return context.clone();
    }

    /** Mean time of one run. */
    public int nanos() {
        return nanos;
    }
}
