// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Size, and offsets of the fields, of {@code struct image_header} in bytes; of an array also its number of elements. */
public final class ImageHeaderLayout {
    public static final long SIZE = 64;
    public static final long REVISION = 0;
    public static final long CLASSES = 4;
    public static final long PORT_CLASSES = 8;
    public static final long SUBJECTS = 12;
    public static final long ROW_IDS = 16;
    public static final long VERDICT_CLASSES = 20;

    private ImageHeaderLayout() {}
}
