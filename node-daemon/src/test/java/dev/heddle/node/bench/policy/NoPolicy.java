package dev.heddle.node.bench.policy;

/** The path without any policy, which the others' times are taken above. */
record NoPolicy() implements Way {
    @Override
    public String label() {
        return "no policy";
    }

    @Override
    public String lane() {
        return "none";
    }

    @Override
    public AutoCloseable enforce(Lane lane, Workload workload, boolean stateful) {
        return () -> {};
    }
}
