// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct endpoint_usage} in bytes; of an array also its number of elements. */
public final class EndpointUsageLayout {
    public static final long SIZE = 8;
    public static final long CONNTRACK_ENTRIES = 0;
    public static final long NO_ROOM = 4;

    private EndpointUsageLayout() {}
}
