// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct fragment6_key} in bytes; of an array also its number of elements. */
public final class Fragment6KeyLayout {
    public static final long SIZE = 44;
    public static final long SOURCE = 0;
    public static final long DESTINATION = 16;
    public static final long ID = 32;
    public static final long IFINDEX = 36;
    public static final long DIRECTION = 40;
    public static final long ZERO = 41;
    public static final int ZERO_COUNT = 3;

    private Fragment6KeyLayout() {}
}
