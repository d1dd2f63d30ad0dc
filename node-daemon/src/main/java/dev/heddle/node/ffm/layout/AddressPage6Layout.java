// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct address_page6} in bytes; of an array also its number of elements. */
public final class AddressPage6Layout {
    public static final long SIZE = 1088;
    public static final long BEFORE = 0;
    public static final int BEFORE_COUNT = 2;
    public static final long MASK = 16;
    public static final int MASK_COUNT = 2;
    public static final long OTHERWISE = 32;
    public static final long ENTRY = 64;
    public static final int ENTRY_COUNT = 256;

    private AddressPage6Layout() {}
}
