// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct outcome} in bytes; of an array also its number of elements. */
public final class OutcomeLayout {
    public static final long SIZE = 20;
    public static final long DIRECTION = 0;
    public static final long VERDICT = 1;
    public static final long SUBJECT = 2;
    public static final long IFINDEX = 4;
    public static final long EPOCH = 8;
    public static final long PEER = 12;
    public static final long BEGINS = 16;

    private OutcomeLayout() {}
}
