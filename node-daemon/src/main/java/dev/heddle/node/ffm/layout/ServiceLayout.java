// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct service} in bytes; of an array also its number of elements. */
public final class ServiceLayout {
    public static final long SIZE = 32;
    public static final long BACKEND_SET = 0;
    public static final long BACKENDS = 4;
    public static final long FLAGS = 8;
    public static final long AFFINITY_SECONDS = 12;
    public static final long AFFINITY = 16;

    private ServiceLayout() {}
}
