// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct member_key} in bytes; of an array also its number of elements. */
public final class MemberKeyLayout {
    public static final long SIZE = 24;
    public static final long BACKEND = 0;
    public static final long BACKEND_SET = 20;

    private MemberKeyLayout() {}
}
