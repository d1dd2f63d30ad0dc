package dev.heddle.node.ffm.bpf;

/** Kinds of program. Source: {@code enum bpf_prog_type} of linux/bpf.h. */
public enum ProgramType {
    SCHED_CLS(3),
    XDP(6),
    CGROUP_SKB(8),
    CGROUP_SOCK(9),
    SOCK_OPS(13),
    SK_SKB(14),
    SK_MSG(16),
    CGROUP_SOCK_ADDR(18),
    CGROUP_SOCKOPT(25),
    SK_LOOKUP(30),
    OTHER(0);

    private final int code;

    ProgramType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static ProgramType of(int code) {
        for (ProgramType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return OTHER;
    }
}
