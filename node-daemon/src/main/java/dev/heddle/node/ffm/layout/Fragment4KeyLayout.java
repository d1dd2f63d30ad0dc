// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct fragment4_key} in bytes; of an array also its number of elements. */
public final class Fragment4KeyLayout {
    public static final long SIZE = 16;
    public static final long SOURCE = 0;
    public static final long DESTINATION = 4;
    public static final long ID = 8;
    public static final long PROTOCOL = 10;
    public static final long DIRECTION = 11;
    public static final long IFINDEX = 12;

    private Fragment4KeyLayout() {}
}
