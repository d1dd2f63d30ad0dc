// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct reverse_key} in bytes; of an array also its number of elements. */
public final class ReverseKeyLayout {
    public static final long SIZE = 32;
    public static final long COOKIE = 0;
    public static final long ADDRESS = 8;
    public static final long PORT = 24;
    public static final long PROTOCOL = 26;
    public static final long ZERO = 27;
    public static final int ZERO_COUNT = 5;

    private ReverseKeyLayout() {}
}
