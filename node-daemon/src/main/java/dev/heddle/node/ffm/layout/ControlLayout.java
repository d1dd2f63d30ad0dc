// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct control} in bytes; of an array also its number of elements. */
public final class ControlLayout {
    public static final long SIZE = 128;
    public static final long EPOCH = 0;
    public static final long NODE_FILTER_USED = 4;
    public static final long NODE_NETNS = 8;
    public static final long NODE_FILTER = 64;
    public static final int NODE_FILTER_COUNT = 8;

    private ControlLayout() {}
}
