// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct ct6_key} in bytes; of an array also its number of elements. */
public final class Ct6KeyLayout {
    public static final long SIZE = 40;
    public static final long LOCAL = 0;
    public static final long REMOTE = 16;
    public static final long LOCAL_PORT = 32;
    public static final long REMOTE_PORT = 34;
    public static final long PROTOCOL = 36;
    public static final long SIDE = 37;
    public static final long ZERO = 38;
    public static final int ZERO_COUNT = 2;

    private Ct6KeyLayout() {}
}
