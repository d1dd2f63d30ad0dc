// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct first_fragment} in bytes; of an array also its number of elements. */
public final class FirstFragmentLayout {
    public static final long SIZE = 8;
    public static final long SOURCE_PORT = 0;
    public static final long DESTINATION_PORT = 2;
    public static final long KIND = 4;
    public static final long PROTOCOL = 5;

    private FirstFragmentLayout() {}
}
