// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct address_pages6} in bytes; of an array also its number of elements. */
public final class AddressPages6Layout {
    public static final long SIZE = 2228224;
    public static final long PAGE = 0;
    public static final int PAGE_COUNT = 2048;

    private AddressPages6Layout() {}
}
