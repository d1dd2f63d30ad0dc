// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct ct4_key} in bytes; of an array also its number of elements. */
public final class Ct4KeyLayout {
    public static final long SIZE = 16;
    public static final long LOCAL = 0;
    public static final long REMOTE = 4;
    public static final long LOCAL_PORT = 8;
    public static final long REMOTE_PORT = 10;
    public static final long PROTOCOL = 12;
    public static final long SIDE = 13;
    public static final long ZERO = 14;
    public static final int ZERO_COUNT = 2;

    private Ct4KeyLayout() {}
}
