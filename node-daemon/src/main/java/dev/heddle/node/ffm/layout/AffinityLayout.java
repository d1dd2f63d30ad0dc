// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct affinity} in bytes; of an array also its number of elements. */
public final class AffinityLayout {
    public static final long SIZE = 32;
    public static final long BACKEND = 0;
    public static final long SEEN = 24;

    private AffinityLayout() {}
}
