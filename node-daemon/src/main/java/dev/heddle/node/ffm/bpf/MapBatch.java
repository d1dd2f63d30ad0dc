package dev.heddle.node.ffm.bpf;

import dev.heddle.node.ffm.sys.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Whole-map reads and bulk changes: a system call for thousands of elements instead of one each. Keys and values lie side
 * by side in buffers of native order. Source: {@code BPF_MAP_*_BATCH} of linux/bpf.h.
 */
public final class MapBatch {
    private static final int ATTR = 56;
    private static final int COUNT = 32;

    private final BpfMap map;

    MapBatch(BpfMap map) {
        this.map = map;
    }

    /** Sees elements of a scan. Both buffers are valid during the call only. */
    @FunctionalInterface
    public interface Visitor {
        void visit(ByteBuffer key, ByteBuffer value);
    }

    /**
     * Visits every element that is there all the time; one that comes or goes meanwhile may be seen or not.
     *
     * @param chunk elements of one call; grown when one hash bucket holds more
     */
    public void scan(int chunk, Visitor visitor) {
        int keySize = map.spec().keySize();
        try (Arena arena = Arena.ofConfined()) {
            // A hash keeps its place as a 4-byte bucket number, others as a key.
            MemorySegment place = arena.allocate(Math.max(keySize, 8), 8);
            boolean first = true;
            int room = chunk;
            while (true) {
                try (Arena round = Arena.ofConfined()) {
                    MemorySegment keys = round.allocate((long) keySize * room, 8);
                    MemorySegment values = round.allocate((long) map.valueBytes() * room, 8);
                    Attr attr = attr(round, keys, values, room)
                            .with(0, first ? 0 : place.address())
                            .with(8, place);
                    long result = Command.MAP_LOOKUP_BATCH.tryCall(attr.memory());
                    if (result == -Errno.ENOSPC) {
                        room *= 2;
                        continue;
                    }
                    if (result < 0 && result != -Errno.ENOENT) {
                        throw Command.MAP_LOOKUP_BATCH.failure((int) -result, map.toString());
                    }
                    visit(keys, values, attr.getInt(COUNT), visitor);
                    if (result == -Errno.ENOENT) {
                        return;
                    }
                    first = false;
                }
            }
        }
    }

    private void visit(MemorySegment keys, MemorySegment values, int count, Visitor visitor) {
        ByteBuffer keyView = view(keys);
        ByteBuffer valueView = view(values);
        int keySize = map.spec().keySize();
        int valueSize = map.valueBytes();
        for (int i = 0; i < count; i++) {
            visitor.visit(
                    keyView.slice(i * keySize, keySize).order(ByteOrder.nativeOrder()),
                    valueView.slice(i * valueSize, valueSize).order(ByteOrder.nativeOrder()));
        }
    }

    private static ByteBuffer view(MemorySegment memory) {
        return memory.asByteBuffer().asReadOnlyBuffer();
    }

    /** Adds or replaces; {@code keys} and {@code values} hold the elements one after the other. */
    public void put(byte[] keys, byte[] values) {
        int count = count(keys);
        if (values.length != count * map.valueBytes()) {
            throw new IllegalArgumentException(map + ": " + count + " keys, but " + values.length + " bytes of values");
        }
        try (Arena arena = Arena.ofConfined()) {
            Attr attr = attr(arena, copy(arena, keys), copy(arena, values), count);
            long result = count == 0 ? 0 : Command.MAP_UPDATE_BATCH.tryCall(attr.memory());
            if (result < 0) {
                throw Command.MAP_UPDATE_BATCH.failure((int) -result, map + " after " + attr.getInt(COUNT));
            }
        }
    }

    /** Deletes those of the keys that are there. */
    public void delete(byte[] keys) {
        int keySize = map.spec().keySize();
        int count = count(keys);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = copy(arena, keys);
            int done = 0;
            while (done < count) {
                Attr attr = attr(arena, memory.asSlice((long) done * keySize), MemorySegment.NULL, count - done);
                long result = Command.MAP_DELETE_BATCH.tryCall(attr.memory());
                if (result < 0 && result != -Errno.ENOENT) {
                    throw Command.MAP_DELETE_BATCH.failure((int) -result, map.toString());
                }
                // The kernel stops at a key that is gone; the others still have to go.
                done += attr.getInt(COUNT) + (result < 0 ? 1 : 0);
            }
        }
    }

    private int count(byte[] keys) {
        int keySize = map.spec().keySize();
        if (keys.length % keySize != 0) {
            throw new IllegalArgumentException(map + ": " + keys.length + " bytes are no whole number of keys");
        }
        return keys.length / keySize;
    }

    private static MemorySegment copy(Arena arena, byte[] bytes) {
        return arena.allocate(Math.max(bytes.length, 1), 8).copyFrom(MemorySegment.ofArray(bytes));
    }

    private Attr attr(Arena arena, MemorySegment keys, MemorySegment values, int count) {
        return Attr.of(arena, ATTR)
                .with(16, keys)
                .with(24, values)
                .with(COUNT, count)
                .with(36, map.fd().number());
    }
}
