// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct rewrite} in bytes; of an array also its number of elements. */
public final class RewriteLayout {
    public static final long SIZE = 56;
    public static final long FROM = 0;
    public static final long TO = 16;
    public static final long FROM_PORT = 32;
    public static final long TO_PORT = 34;
    public static final long TRANSPORT = 36;
    public static final long QUOTED = 40;
    public static final long END = 44;
    public static final long IS_SOURCE = 48;
    public static final long IS_OUTER = 49;
    public static final long IS_FRAGMENTED = 50;
    public static final long PROTOCOL = 51;

    private RewriteLayout() {}
}
