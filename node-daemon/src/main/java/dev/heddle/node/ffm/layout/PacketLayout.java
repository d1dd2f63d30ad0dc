// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct packet} in bytes; of an array also its number of elements. */
public final class PacketLayout {
    public static final long SIZE = 120;
    public static final long SOURCE_MAC = 0;
    public static final int SOURCE_MAC_COUNT = 6;
    public static final long ETHERTYPE = 6;
    public static final long SOURCE = 8;
    public static final long DESTINATION = 24;
    public static final long SOURCE_PORT = 40;
    public static final long DESTINATION_PORT = 42;
    public static final long PROTOCOL = 44;
    public static final long KIND = 45;
    public static final long TCP_FLAGS = 46;
    public static final long ICMP6_TYPE = 47;
    public static final long IS_FRAGMENTED = 48;
    public static final long TRANSPORT = 52;
    public static final long QUOTED = 56;
    public static final long END = 60;
    public static final long OUTER_SOURCE = 64;
    public static final long OUTER_DESTINATION = 80;
    public static final long CLAIMED = 96;
    public static final long CLAIMED_MAC = 112;
    public static final int CLAIMED_MAC_COUNT = 6;

    private PacketLayout() {}
}
