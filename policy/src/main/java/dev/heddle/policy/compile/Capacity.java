package dev.heddle.policy.compile;

/**
 * The sizes of the kernel's tables, and what one namespace may take of them.
 *
 * @param peers peer ids, and elements of the peer class table
 * @param rows elements of {@code rows}: subjects x classes
 * @param rowIds different rows
 * @param cells elements of {@code cells}: rows x port classes
 * @param addressPages pages of each family's address tree, of 256 entries each
 * @param namespace what the objects of one namespace may name
 * @param clusterWide what all cluster-wide objects may name
 */
public record Capacity(
        int peers, int rows, int rowIds, int cells, int addressPages, Share namespace, Share clusterWide) {

    /** What the maps of {@code bpf/} hold. */
    public static final Capacity OF_THE_KERNEL_TABLES =
            new Capacity(65_536, 524_288, 65_536, 524_288, 2_048, new Share(512, 256), new Share(4_096, 1_024));

    /**
     * What objects may name together.
     *
     * @param ranges different address ranges, exceptions included
     * @param ports different ports and ranges of ports
     */
    public record Share(int ranges, int ports) {}
}
