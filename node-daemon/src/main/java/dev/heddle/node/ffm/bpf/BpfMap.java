package dev.heddle.node.ffm.bpf;

import dev.heddle.node.ffm.sys.Errno;
import dev.heddle.node.ffm.sys.Fd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A BPF map. Keys and values are bytes as the kernel sees them. Closing closes our descriptor; pins, programs and mappings
 * keep the map alive. Thread-safe as the kernel is: single operations are atomic for one element.
 */
public final class BpfMap implements AutoCloseable {
    private static final int MAP_INFO_SIZE = 88;
    private static final int ELEMENT_ATTR = 32;

    private final Fd fd;
    private final MapSpec spec;
    private final int id;

    private BpfMap(Fd fd) {
        this.fd = fd;
        try (Arena arena = Arena.ofConfined()) {
            Attr info = ObjectInfo.read(fd, MAP_INFO_SIZE, arena);
            this.id = info.getInt(4);
            this.spec = new MapSpec(
                    info.getName(24),
                    MapType.of(info.getInt(0)),
                    info.getInt(8),
                    info.getInt(12),
                    info.getInt(16),
                    info.getInt(20));
        } catch (RuntimeException e) {
            fd.close();
            throw e;
        }
    }

    /** Makes a new map. Not for maps of maps. */
    public static BpfMap create(MapSpec spec) {
        return create(spec, 0);
    }

    static BpfMap create(MapSpec spec, int innerFd) {
        try (Arena arena = Arena.ofConfined()) {
            Attr attr = Attr.of(arena, 48)
                    .with(0, spec.type().code())
                    .with(4, spec.keySize())
                    .with(8, spec.valueSize())
                    .with(12, spec.maxEntries())
                    .with(16, spec.flags())
                    .with(20, innerFd)
                    .withName(28, spec.name());
            return adopt(Fd.of(Command.MAP_CREATE.call(attr.memory(), "map " + spec.name()), "map " + spec.name()));
        }
    }

    public static BpfMap openPinned(Path pin) {
        return adopt(Pins.open(pin));
    }

    /** Takes ownership of the descriptor. For {@code ffm} only. */
    public static BpfMap adopt(Fd fd) {
        return new BpfMap(fd);
    }

    /** As the kernel reports it; a ring's key and value have no size. */
    public MapSpec spec() {
        return spec;
    }

    /** The kernel's number of this map. */
    public int id() {
        return id;
    }

    public void pin(Path path) {
        Pins.pin(fd, path);
    }

    /** The value; of a per-CPU map the values of all possible CPUs, each padded to 8 bytes. */
    public Optional<byte[]> lookup(byte[] key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(valueBytes(), 8);
            long result = Command.MAP_LOOKUP.tryCall(element(arena, key, value, 0));
            return result == -Errno.ENOENT
                    ? Optional.empty()
                    : Optional.of(checked(Command.MAP_LOOKUP, result, value.toArray(ValueLayout.JAVA_BYTE)));
        }
    }

    /** Adds or replaces. */
    public void put(byte[] key, byte[] value) {
        update(key, value, 0);
    }

    /** Returns false, and changes nothing, if the key is there. */
    public boolean putIfAbsent(byte[] key, byte[] value) {
        int noExist = 1;
        return update(key, value, noExist) != -Errno.EEXIST;
    }

    private long update(byte[] key, byte[] value, long flags) {
        requireSize("value", value.length, valueBytes());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment valueMemory = arena.allocate(value.length, 8).copyFrom(MemorySegment.ofArray(value));
            long result = Command.MAP_UPDATE.tryCall(element(arena, key, valueMemory, flags));
            return result == -Errno.EEXIST && flags != 0 ? result : checked(Command.MAP_UPDATE, result, result);
        }
    }

    /** Puts a map into a slot of a map of maps. Returns after an RCU grace period: every program sees it. */
    void putMap(int slot, BpfMap inner) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocateFrom(ValueLayout.JAVA_INT, slot);
            MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_INT, inner.fd.number());
            Attr attr = Attr.of(arena, ELEMENT_ATTR)
                    .with(0, fd.number())
                    .with(8, key)
                    .with(16, value);
            Command.MAP_UPDATE.call(attr.memory(), fd.toString());
        }
    }

    /** Returns whether the key was there. */
    public boolean delete(byte[] key) {
        try (Arena arena = Arena.ofConfined()) {
            long result = Command.MAP_DELETE.tryCall(element(arena, key, MemorySegment.NULL, 0));
            return result != -Errno.ENOENT && checked(Command.MAP_DELETE, result, true);
        }
    }

    /** The key after this one, in the map's own order; the first for null, or for one that is not there. */
    public Optional<byte[]> nextKey(byte @Nullable [] key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment next = arena.allocate(spec.keySize(), 8);
            MemorySegment attr = key == null
                    ? Attr.of(arena, ELEMENT_ATTR)
                            .with(0, fd.number())
                            .with(16, next)
                            .memory()
                    : element(arena, key, next, 0);
            long result = Command.MAP_NEXT_KEY.tryCall(attr);
            return result == -Errno.ENOENT
                    ? Optional.empty()
                    : Optional.of(checked(Command.MAP_NEXT_KEY, result, next.toArray(ValueLayout.JAVA_BYTE)));
        }
    }

    /** Reads and changes many elements with few calls. Kernel 5.6. */
    public MapBatch batch() {
        return new MapBatch(this);
    }

    /** For {@code ffm} only. */
    public Fd fd() {
        return fd;
    }

    /** Bytes of one value as the system call sees it. */
    int valueBytes() {
        return spec.type().perCpu() ? ((spec.valueSize() + 7) & -8) * PossibleCpus.COUNT : spec.valueSize();
    }

    private MemorySegment element(Arena arena, byte[] key, MemorySegment value, long flags) {
        requireSize("key", key.length, spec.keySize());
        return Attr.of(arena, ELEMENT_ATTR)
                .with(0, fd.number())
                .with(8, arena.allocate(key.length, 8).copyFrom(MemorySegment.ofArray(key)))
                .with(16, value)
                .with(24, flags)
                .memory();
    }

    private <T> T checked(Command command, long result, T value) {
        if (result < 0) {
            throw command.failure((int) -result, fd.toString());
        }
        return value;
    }

    private void requireSize(String what, int actual, int expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(fd + ": a " + what + " has " + expected + " bytes, not " + actual);
        }
    }

    @Override
    public void close() {
        fd.close();
    }

    @Override
    public String toString() {
        return "map " + spec.name();
    }
}
