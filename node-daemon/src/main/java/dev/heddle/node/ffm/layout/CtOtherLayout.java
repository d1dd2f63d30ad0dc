// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct ct_other} in bytes; of an array also its number of elements. */
public final class CtOtherLayout {
    public static final long SIZE = 24;
    public static final long ADDRESS = 0;
    public static final long PORT = 16;
    public static final long OWN_PORT = 18;
    public static final long BACKEND_SET = 20;

    private CtOtherLayout() {}
}
