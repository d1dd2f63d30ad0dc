// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct translation} in bytes; of an array also its number of elements. */
public final class TranslationLayout {
    public static final long SIZE = 328;
    public static final long PACKET = 0;
    public static final long OUTCOME = 120;
    public static final long IS_TRANSLATED = 140;
    public static final long IS_NODE_PORT = 144;
    public static final long FOUND = 152;
    public static final long NAMED = 184;
    public static final long CHOSEN = 204;
    public static final long SERVICE = 224;
    public static final long BACKEND = 248;
    public static final long REWRITE = 272;

    private TranslationLayout() {}
}
