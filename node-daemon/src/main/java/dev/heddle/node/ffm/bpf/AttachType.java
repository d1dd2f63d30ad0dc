package dev.heddle.node.ffm.bpf;

/** Where a program is attached. Source: {@code enum bpf_attach_type} of linux/bpf.h. */
public enum AttachType {
    CGROUP_SOCK_OPS(3),
    CGROUP_INET4_CONNECT(10),
    CGROUP_INET6_CONNECT(11),
    CGROUP_UDP4_SENDMSG(14),
    CGROUP_UDP6_SENDMSG(15),
    CGROUP_UDP4_RECVMSG(19),
    CGROUP_UDP6_RECVMSG(20),
    CGROUP_GETSOCKOPT(21),
    CGROUP_INET4_GETPEERNAME(29),
    CGROUP_INET6_GETPEERNAME(30),
    CGROUP_INET4_GETSOCKNAME(31),
    SK_LOOKUP(36),
    /** Packets that arrive at a device: what a pod sends, on the host side of its veth. Kernel 6.6. */
    TCX_INGRESS(46),
    /** Packets that leave by a device: what a pod gets, on the host side of its veth. Kernel 6.6. */
    TCX_EGRESS(47),
    OTHER(0);

    private final int code;

    AttachType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static AttachType of(int code) {
        for (AttachType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return OTHER;
    }
}
