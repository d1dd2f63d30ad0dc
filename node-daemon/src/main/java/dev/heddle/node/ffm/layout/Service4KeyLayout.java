// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct service4_key} in bytes; of an array also its number of elements. */
public final class Service4KeyLayout {
    public static final long SIZE = 8;
    public static final long ADDRESS = 0;
    public static final long PORT = 4;
    public static final long PROTOCOL = 6;
    public static final long ZERO = 7;

    private Service4KeyLayout() {}
}
