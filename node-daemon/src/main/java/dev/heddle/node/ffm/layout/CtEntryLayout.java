// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct ct_entry} in bytes; of an array also its number of elements. */
public final class CtEntryLayout {
    public static final long SIZE = 64;
    public static final long LAST_SEEN_NS = 0;
    public static final long JUDGED = 8;
    public static final long IFINDEX = 16;
    public static final long INCARNATION = 20;
    public static final long CELL = 24;
    public static final long ORIGIN = 28;
    public static final long STATE = 29;
    public static final long FLAGS = 30;
    public static final long CREATED_NS = 32;
    public static final long OTHER = 40;

    private CtEntryLayout() {}
}
