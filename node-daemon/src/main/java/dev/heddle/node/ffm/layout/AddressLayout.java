// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct address} in bytes; of an array also its number of elements. */
public final class AddressLayout {
    public static final long SIZE = 16;
    public static final long WORD = 0;
    public static final int WORD_COUNT = 4;

    private AddressLayout() {}
}
