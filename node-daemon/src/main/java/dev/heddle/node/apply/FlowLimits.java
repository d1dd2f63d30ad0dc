package dev.heddle.node.apply;

import dev.heddle.node.ffm.layout.Abi;

/** How many flows are remembered, and for how long: as {@code config.h} has it, which the programs go by. */
final class FlowLimits {

    /** Entries of one endpoint. */
    static final int BUDGET = 16_384;

    static final long TCP_NEW_NANOS = seconds(120);
    static final long TCP_ESTABLISHED_NANOS = seconds(6 * 3600);
    static final long TCP_CLOSING_NANOS = seconds(60);
    static final long UDP_NANOS = seconds(180);
    static final long ICMP_NANOS = seconds(30);

    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int ICMPV6 = 58;

    private FlowLimits() {}

    /**
     * Nanoseconds after its last packet that a flow is forgotten.
     *
     * @param protocol IANA number
     * @param state one of {@code CT_NEW}, {@code CT_ESTABLISHED}, {@code CT_CLOSING}
     */
    static long lifetime(int protocol, int state) {
        return switch (protocol) {
            case TCP ->
                switch (state) {
                    case Abi.CT_NEW -> TCP_NEW_NANOS;
                    case Abi.CT_CLOSING -> TCP_CLOSING_NANOS;
                    default -> TCP_ESTABLISHED_NANOS;
                };
            case ICMP, ICMPV6 -> ICMP_NANOS;
            default -> UDP_NANOS;
        };
    }

    private static long seconds(long count) {
        return count * 1_000_000_000L;
    }
}
