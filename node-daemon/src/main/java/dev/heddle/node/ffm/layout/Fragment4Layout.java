// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct fragment4} in bytes; of an array also its number of elements. */
public final class Fragment4Layout {
    public static final long SIZE = 8;
    public static final long SOURCE_PORT = 0;
    public static final long DESTINATION_PORT = 2;
    public static final long KIND = 4;

    private Fragment4Layout() {}
}
