package dev.heddle.node.ffm.netlink;

/** States of sockets; UDP sockets are in two of them. Source: net/tcp_states.h. */
public enum TcpState {
    /** Also a UDP socket with a peer. */
    ESTABLISHED(1),
    SYN_SENT(2),
    SYN_RECV(3),
    FIN_WAIT1(4),
    FIN_WAIT2(5),
    TIME_WAIT(6),
    /** Also a UDP socket that takes datagrams from everybody. */
    CLOSE(7),
    CLOSE_WAIT(8),
    LAST_ACK(9),
    LISTEN(10),
    CLOSING(11);

    private final int number;

    TcpState(int number) {
        this.number = number;
    }

    /** The bit of this state in a request's mask. */
    int bit() {
        return 1 << number;
    }

    static TcpState of(int number) {
        for (TcpState state : values()) {
            if (state.number == number) {
                return state;
            }
        }
        throw new IllegalArgumentException("no socket has state " + number);
    }
}
