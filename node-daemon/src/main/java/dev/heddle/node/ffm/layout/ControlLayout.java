// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct control} in bytes; of an array also its number of elements. */
public final class ControlLayout {
    public static final long SIZE = 128;
    public static final long EPOCH = 0;
    public static final long NODE_FILTER_USED = 4;
    public static final long NODE_NETNS = 8;
    public static final long SERVICE_NET4 = 16;
    public static final long SERVICE_MASK4 = 20;
    public static final long SERVICE_NET6 = 24;
    public static final long SERVICE_MASK6 = 40;
    public static final long NODE_PORT_FIRST = 56;
    public static final long NODE_PORT_LAST = 58;
    public static final long SERVICE_FILTER_USED = 60;
    public static final long NODE_FILTER = 64;
    public static final int NODE_FILTER_COUNT = 8;

    private ControlLayout() {}
}
