package dev.heddle.policy.compile;

/**
 * The sizes of the kernel's tables, and what one namespace may take of them.
 *
 * @param peers peer ids, and elements of the peer class table
 * @param rows elements of {@code rows}: subjects x classes
 * @param rowIds different rows
 * @param cells elements of {@code cells}: rows x port classes
 * @param addressPages pages of the address tree, of 256 entries each
 * @param namespaceRanges different address ranges, exceptions included, that one namespace may name
 * @param namespacePorts different port ranges that one namespace may name
 */
public record Capacity(
        int peers, int rows, int rowIds, int cells, int addressPages, int namespaceRanges, int namespacePorts) {

    /** What the maps of {@code bpf/} hold. */
    public static final Capacity OF_THE_KERNEL_TABLES = new Capacity(65_536, 524_288, 65_536, 524_288, 2_048, 512, 256);
}
