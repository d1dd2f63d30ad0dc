// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct event_tokens} in bytes; of an array also its number of elements. */
public final class EventTokensLayout {
    public static final long SIZE = 32;
    public static final long WINDOW_NS = 0;
    public static final long LEFT = 8;
    public static final long SUPPRESSED = 12;
    public static final long LIMITED = 16;
    public static final long LOST = 24;

    private EventTokensLayout() {}
}
