// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct verdict_rows} in bytes; of an array also its number of elements. */
public final class VerdictRowsLayout {
    public static final long SIZE = 1048576;
    public static final long ROW = 0;
    public static final int ROW_COUNT = 524288;

    private VerdictRowsLayout() {}
}
