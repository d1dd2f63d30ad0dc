// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct verdict_class} in bytes; of an array also its number of elements. */
public final class VerdictClassLayout {
    public static final long SIZE = 131072;
    public static final long OF_PEER = 0;
    public static final int OF_PEER_COUNT = 65536;

    private VerdictClassLayout() {}
}
