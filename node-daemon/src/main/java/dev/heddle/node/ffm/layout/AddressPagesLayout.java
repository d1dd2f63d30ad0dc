// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct address_pages} in bytes; of an array also its number of elements. */
public final class AddressPagesLayout {
    public static final long SIZE = 2097152;
    public static final long ENTRY = 0;
    public static final int ENTRY_COUNT = 524288;

    private AddressPagesLayout() {}
}
