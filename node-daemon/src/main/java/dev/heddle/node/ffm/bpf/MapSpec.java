package dev.heddle.node.ffm.bpf;

import dev.heddle.node.ffm.layout.KernelMap;

/**
 * What a map is.
 *
 * @param name at most 15 characters reach the kernel
 * @param keySize in bytes, 0 for a ring
 * @param valueSize in bytes, 0 for a ring
 * @param maxEntries elements; of a ring its bytes
 * @param flags {@code BPF_F_*} of map creation
 */
public record MapSpec(String name, MapType type, int keySize, int valueSize, int maxEntries, int flags) {
    public static final int NO_PREALLOC = 1;
    public static final int MMAPABLE = 1 << 10;

    /** A map of Heddle's programs, as they declare it. */
    public static MapSpec of(KernelMap map) {
        return new MapSpec(
                map.mapName(), MapType.of(map.type()), map.keySize(), map.valueSize(), map.maxEntries(), map.flags());
    }

    public static MapSpec hash(String name, int keySize, int valueSize, int maxEntries) {
        return new MapSpec(name, MapType.HASH, keySize, valueSize, maxEntries, NO_PREALLOC);
    }

    /** An array that can be written through {@link MappedArray}. */
    public static MapSpec mappedArray(String name, int valueSize, int maxEntries) {
        return new MapSpec(name, MapType.ARRAY, Integer.BYTES, valueSize, maxEntries, MMAPABLE);
    }

    /** A ring of so many bytes: a power of two and a multiple of the page size. */
    public static MapSpec ring(String name, int bytes) {
        return new MapSpec(name, MapType.RINGBUF, 0, 0, bytes, 0);
    }

    public boolean mappable() {
        return (flags & MMAPABLE) != 0;
    }
}
