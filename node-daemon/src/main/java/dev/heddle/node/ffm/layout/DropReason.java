// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

import java.util.Locale;

/** Why the kernel dropped a packet; {@code NONE} stands for a packet that passed. */
public enum DropReason {
    NONE(0),
    POLICY_DENIED(1),
    UNKNOWN_ENDPOINT(2),
    ENDPOINT_CLOSED(3),
    TRUNCATED(4),
    MALFORMED(5),
    UNKNOWN_ETHERTYPE(6),
    VLAN_TAGGED(7),
    SPOOFED_MAC(8),
    SPOOFED_ADDRESS(9),
    SPOOFED_ARP(10),
    UNSUPPORTED_IPV6(11),
    FRAGMENT_UNKNOWN(12),
    ICMP_QUOTE_FOREIGN(13),
    CONNTRACK_BUDGET(14),
    CONNTRACK_FULL(15),
    TABLES_MISSING(16),
    IPV6_EXTENSIONS(17),
    SPOOFED_NEIGHBOUR(18),
    SERVICE_WITHOUT_BACKENDS(19),
    SERVICE_ONLY_ITSELF(20),
    NOT_TRANSLATED(21);

    private static final DropReason[] ALL = values();

    private final int code;

    DropReason(int code) {
        this.code = code;
    }

    /** The number in events and, times the direction, in counters. */
    public int code() {
        return code;
    }

    /** For people: "policy denied". */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The reason with this code; codes are dense from 0. */
    public static DropReason of(int code) {
        if (code < 0 || code >= ALL.length) {
            throw new IllegalArgumentException("no drop reason has code " + code);
        }
        return ALL[code];
    }
}
