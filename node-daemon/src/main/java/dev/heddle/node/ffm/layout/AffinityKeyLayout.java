// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct affinity_key} in bytes; of an array also its number of elements. */
public final class AffinityKeyLayout {
    public static final long SIZE = 16;
    public static final long CLIENT = 0;
    public static final long SERVICE = 8;

    private AffinityKeyLayout() {}
}
