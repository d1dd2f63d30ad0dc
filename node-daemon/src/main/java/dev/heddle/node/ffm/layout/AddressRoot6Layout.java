// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct address_root6} in bytes; of an array also its number of elements. */
public final class AddressRoot6Layout {
    public static final long SIZE = 262144;
    public static final long ENTRY = 0;
    public static final int ENTRY_COUNT = 65536;

    private AddressRoot6Layout() {}
}
