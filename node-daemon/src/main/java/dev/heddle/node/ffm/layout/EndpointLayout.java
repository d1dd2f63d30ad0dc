// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct endpoint} in bytes; of an array also its number of elements. */
public final class EndpointLayout {
    public static final long SIZE = 64;
    public static final long IFINDEX = 0;
    public static final long FLAGS = 4;
    public static final long IPV4 = 8;
    public static final long INCARNATION = 12;
    public static final long MAC = 16;
    public static final int MAC_COUNT = 6;
    public static final long SUBJECT = 24;
    public static final int SUBJECT_COUNT = 4;
    public static final long HALF_FLAGS = 32;
    public static final int HALF_FLAGS_COUNT = 2;
    public static final long IPV6 = 40;
    public static final long TRANSLATED = 56;
    public static final int TRANSLATED_COUNT = 4;

    private EndpointLayout() {}
}
