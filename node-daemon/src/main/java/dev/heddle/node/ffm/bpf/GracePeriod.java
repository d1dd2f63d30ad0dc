package dev.heddle.node.ffm.bpf;

/**
 * Waits until no program runs that began before: an RCU grace period of the kernel, a few milliseconds. An update of a
 * map of maps waits for one ({@code maybe_wait_bpf_programs} of kernel/bpf/syscall.c); this holds a private one for that
 * purpose. Sleepable programs are waited for only inside {@code bpf_rcu_read_lock}.
 */
public final class GracePeriod implements AutoCloseable {
    private static final MapSpec INNER = new MapSpec("heddle_grace", MapType.ARRAY, Integer.BYTES, Integer.BYTES, 1, 0);
    private static final MapSpec OUTER =
            new MapSpec("heddle_grace", MapType.ARRAY_OF_MAPS, Integer.BYTES, Integer.BYTES, 1, 0);

    private final BpfMap inner;
    private final BpfMap outer;

    private GracePeriod(BpfMap inner, BpfMap outer) {
        this.inner = inner;
        this.outer = outer;
    }

    public static GracePeriod open() {
        BpfMap inner = BpfMap.create(INNER);
        try {
            return new GracePeriod(inner, BpfMap.create(OUTER, inner.fd().number()));
        } catch (RuntimeException e) {
            inner.close();
            throw e;
        }
    }

    /** Returns when every program run that was under way at the call has ended. */
    public void await() {
        outer.putMap(0, inner);
    }

    @Override
    public void close() {
        outer.close();
        inner.close();
    }
}
