// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct backend_key} in bytes; of an array also its number of elements. */
public final class BackendKeyLayout {
    public static final long SIZE = 8;
    public static final long BACKEND_SET = 0;
    public static final long SLOT = 4;

    private BackendKeyLayout() {}
}
