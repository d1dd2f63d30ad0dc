package dev.heddle.node.kernel;

/** Where service addresses are translated: cgroup hooks of the node's root group. */
public enum SocketHook {
    CONNECT4("connect4"),
    SENDMSG4("sendmsg4"),
    RECVMSG4("recvmsg4"),
    GETPEERNAME4("getpeername4"),
    /** Sockets of IPv6, also those that name an IPv4 address as {@code ::ffff:a.b.c.d}. */
    CONNECT6("connect6"),
    /** Sockets of IPv6 that send to an IPv6 address; what they send to an IPv4 address passes {@link #SENDMSG4}. */
    SENDMSG6("sendmsg6"),
    RECVMSG6("recvmsg6"),
    GETPEERNAME6("getpeername6");

    private final String program;

    SocketHook(String program) {
        this.program = program;
    }

    /** Name of the program, of its object file and of its pin. */
    public String program() {
        return program;
    }
}
