package dev.heddle.node.packetlife;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MapSpec;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.ControlLayout;
import dev.heddle.node.ffm.layout.ImageHeaderLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.ring.RingReader;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.PrefixTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Every map of the programs, never pinned; writes images as plainly as their format allows. */
final class Tables implements AutoCloseable {
    /** Making large tables takes most of a test's time; these need not be large. */
    private static final int FRAGMENTS = 1024;

    private static final int UNUSED = 16;

    private final Map<KernelMap, BpfMap> maps = new EnumMap<>(KernelMap.class);
    private final Map<KernelMap, MappedArray> mapped = new EnumMap<>(KernelMap.class);

    /** Empty tables. */
    Tables(Config config) {
        for (KernelMap map : KernelMap.values()) {
            MapSpec spec = MapSpec.of(map);
            maps.put(
                    map,
                    BpfMap.create(
                            switch (map) {
                                case CONNTRACK4, CONNTRACK6 -> resized(spec, config.room());
                                case FRAGMENTS4, FRAGMENTS6 -> resized(spec, FRAGMENTS);
                                case SERVICES, BACKENDS, REVERSE -> resized(spec, UNUSED);
                                case EVENTS -> resized(spec, config.ring());
                                default -> spec;
                            }));
        }
    }

    private static MapSpec resized(MapSpec spec, int entries) {
        return new MapSpec(spec.name(), spec.type(), spec.keySize(), spec.valueSize(), entries, spec.flags());
    }

    Map<KernelMap, BpfMap> all() {
        return maps;
    }

    BpfMap map(KernelMap map) {
        BpfMap found = maps.get(map);
        if (found == null) {
            throw new IllegalArgumentException(map.mapName());
        }
        return found;
    }

    MappedArray mapped(KernelMap map) {
        return mapped.computeIfAbsent(map, wanted -> MappedArray.of(map(wanted)));
    }

    /** Makes them as they were at first. */
    void clear() {
        maps.forEach((which, map) -> {
            switch (map.spec().type()) {
                case ARRAY -> {
                    MappedArray array = mapped(which);
                    for (int i = 0; i < array.elements(); i++) {
                        array.fill(i, 0, array.elementSize(), (byte) 0);
                    }
                }
                case PERCPU_ARRAY -> {
                    for (int i = 0; i < map.spec().maxEntries(); i++) {
                        byte[] key = number(i);
                        map.put(key, new byte[map.lookup(key).orElseThrow().length]);
                    }
                }
                case RINGBUF -> {
                    try (RingReader ring = RingReader.of(map)) {
                        ring.drain(record -> {});
                    }
                }
                default -> {
                    for (var key = map.nextKey(null); key.isPresent(); key = map.nextKey(null)) {
                        map.delete(key.get());
                    }
                }
            }
        });
    }

    /** A number as keys and values of maps have it. */
    static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    /** The revision in force. */
    int epoch() {
        return mapped(KernelMap.CONTROL).getIntAcquire(0, ControlLayout.EPOCH);
    }

    /** Puts a revision in force. The test runs no program meanwhile, so no grace period is awaited. */
    void flip(int epoch) {
        mapped(KernelMap.CONTROL).setIntRelease(0, ControlLayout.EPOCH, epoch);
    }

    /** Writes the half of this revision. */
    void write(Image image, int revision) {
        int half = revision & 1;
        MappedArray header = mapped(KernelMap.IMAGE_HEADER);
        header.setInt(half, ImageHeaderLayout.REVISION, revision);
        header.setInt(half, ImageHeaderLayout.CLASSES, image.classes());
        header.setInt(half, ImageHeaderLayout.PORT_CLASSES, image.portClasses());
        mapped(KernelMap.PEER_CLASS).write(half, 0, image.peerClass());
        mapped(KernelMap.PORT_CLASS).write(half, 0, image.portClass());
        mapped(KernelMap.ROWS).write(half, 0, image.rows());
        mapped(KernelMap.CELLS).write(half, 0, image.cells());
        header.setInt(half, ImageHeaderLayout.VERDICT_CLASSES, image.verdictClasses());
        mapped(KernelMap.VERDICT_CLASS).write(half, 0, image.verdictClass());
        mapped(KernelMap.VERDICT_ROWS).write(half, 0, image.verdictRows());
        mapped(KernelMap.VERDICT_CELLS).write(half, 0, image.verdictCells());
        paint(image.prefixes(), half);
        Tables6.of(image.prefixes()).write(this, half);
    }

    /** The address tree: shorter prefixes first, longer ones over them. */
    private void paint(PrefixTable prefixes, int half) {
        int[] root = new int[Abi.ADDRESS_ROOT_ENTRIES];
        List<int[]> pages = new ArrayList<>();
        for (PrefixTable.Entry entry : prefixes.entries()) {
            if (entry.prefix().isIpv4()) {
                int address = entry.prefix().ipv4Address();
                paint(root, address >>> 16, 16, address << 16, entry.prefix().prefixLength(), entry.peer(), pages);
            }
        }
        mapped(KernelMap.ADDRESS_ROOT).write(half, 0, root, 0, root.length);
        for (int page = 0; page < pages.size(); page++) {
            long at = (long) page * Abi.ADDRESS_PAGE_ENTRIES * Integer.BYTES;
            mapped(KernelMap.ADDRESS_PAGES).write(half, at, pages.get(page), 0, Abi.ADDRESS_PAGE_ENTRIES);
        }
    }

    private static void paint(int[] table, int index, int stride, int rest, int length, int peer, List<int[]> pages) {
        if (length <= stride) {
            for (int i = 0; i < 1 << (stride - length); i++) {
                table[index + i] = peer;
            }
            return;
        }
        if ((table[index] & Abi.ADDRESS_IS_PAGE) == 0) {
            int[] page = new int[Abi.ADDRESS_PAGE_ENTRIES];
            java.util.Arrays.fill(page, table[index]);
            table[index] = Abi.ADDRESS_IS_PAGE | pages.size();
            pages.add(page);
        }
        int[] page = pages.get(table[index] & Abi.ADDRESS_PAGE_MASK);
        paint(page, rest >>> 24, 8, rest << 8, length - stride, peer, pages);
    }

    @Override
    public void close() {
        mapped.values().forEach(MappedArray::close);
        maps.values().forEach(BpfMap::close);
    }
}
