// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct reverse4_key} in bytes; of an array also its number of elements. */
public final class Reverse4KeyLayout {
    public static final long SIZE = 16;
    public static final long COOKIE = 0;
    public static final long ADDRESS = 8;
    public static final long PORT = 12;
    public static final long PROTOCOL = 14;
    public static final long ZERO = 15;

    private Reverse4KeyLayout() {}
}
