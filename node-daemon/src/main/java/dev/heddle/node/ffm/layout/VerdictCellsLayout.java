// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct verdict_cells} in bytes; of an array also its number of elements. */
public final class VerdictCellsLayout {
    public static final long SIZE = 524288;
    public static final long ACTION = 0;
    public static final int ACTION_COUNT = 524288;

    private VerdictCellsLayout() {}
}
