// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct translation} in bytes; of an array also its number of elements. */
public final class TranslationLayout {
    public static final long SIZE = 176;
    public static final long FOUND = 0;
    public static final long NAMED = 32;
    public static final long CHOSEN = 52;
    public static final long SERVICE = 72;
    public static final long BACKEND = 96;
    public static final long REWRITE = 120;

    private TranslationLayout() {}
}
