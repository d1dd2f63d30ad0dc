// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct cells} in bytes; of an array also its number of elements. */
public final class CellsLayout {
    public static final long SIZE = 2097152;
    public static final long CELL = 0;
    public static final int CELL_COUNT = 524288;

    private CellsLayout() {}
}
