// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct node_config} in bytes; of an array also its number of elements. */
public final class NodeConfigLayout {
    public static final long SIZE = 56;
    public static final long TCP_NEW_NS = 0;
    public static final long TCP_ESTABLISHED_NS = 8;
    public static final long TCP_CLOSING_NS = 16;
    public static final long UDP_NS = 24;
    public static final long ICMP_NS = 32;
    public static final long CONNTRACK_BUDGET = 40;
    public static final long DROP_EVENTS = 44;
    public static final long FLOW_EVENTS = 48;
    public static final long FLAGS = 52;

    private NodeConfigLayout() {}
}
