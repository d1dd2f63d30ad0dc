// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct event} in bytes; of an array also its number of elements. */
public final class EventLayout {
    public static final long SIZE = 80;
    public static final long TIME_NS = 0;
    public static final long SOURCE = 8;
    public static final int SOURCE_COUNT = 16;
    public static final long DESTINATION = 24;
    public static final int DESTINATION_COUNT = 16;
    public static final long SOURCE_PORT = 40;
    public static final long DESTINATION_PORT = 42;
    public static final long ETHERTYPE = 44;
    public static final long PROTOCOL = 46;
    public static final long DIRECTION = 47;
    public static final long VERDICT = 48;
    public static final long REASON = 49;
    public static final long LENGTH = 50;
    public static final long CELL = 52;
    public static final long EPOCH = 56;
    public static final long IFINDEX = 60;
    public static final long PEER = 64;
    public static final long SUPPRESSED = 68;

    private EventLayout() {}
}
