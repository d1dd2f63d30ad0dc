// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct address_root} in bytes; of an array also its number of elements. */
public final class AddressRootLayout {
    public static final long SIZE = 262144;
    public static final long ENTRY = 0;
    public static final int ENTRY_COUNT = 65536;

    private AddressRootLayout() {}
}
