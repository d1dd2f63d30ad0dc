// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct port_class} in bytes; of an array also its number of elements. */
public final class PortClassLayout {
    public static final long SIZE = 524288;
    public static final long OF_PORT = 0;
    public static final int OF_PORT_COUNT = 262144;

    private PortClassLayout() {}
}
