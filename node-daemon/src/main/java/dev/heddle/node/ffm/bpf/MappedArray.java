package dev.heddle.node.ffm.bpf;

import dev.heddle.node.ffm.sys.Mapping;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.Buffer;
import java.util.Objects;

/**
 * The memory of a {@code BPF_F_MMAPABLE} array: stores are seen by programs at once and without a system call. A place is
 * (element, byte offset in its value); both are checked. Plain accesses have no order; {@code ...Release} and
 * {@code ...Acquire} order them, and need natural alignment. Usable from any thread until closed; the map may be closed
 * before. Bytes are in native order.
 */
public final class MappedArray implements AutoCloseable {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final ValueLayout.OfInt PLAIN_INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort PLAIN_SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfLong PLAIN_LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final int elements;
    private final long elementSize;
    private final long stride;

    private MappedArray(BpfMap map) {
        MapSpec spec = map.spec();
        if (!spec.mappable()) {
            throw new IllegalArgumentException(map + " was not made with BPF_F_MMAPABLE");
        }
        elements = spec.maxEntries();
        elementSize = spec.valueSize();
        stride = (elementSize + 7) & -8;
        long bytes = stride * elements;
        long pages = (bytes + Mapping.PAGE - 1) & -Mapping.PAGE;
        memory = Mapping.map(map.fd(), 0, pages, Mapping.READ_WRITE, arena).asSlice(0, bytes);
    }

    public static MappedArray of(BpfMap map) {
        return new MappedArray(map);
    }

    public int elements() {
        return elements;
    }

    /** Bytes of one value. */
    public long elementSize() {
        return elementSize;
    }

    /** Bytes mapped, which the process's resident size includes once they were touched. */
    public long bytes() {
        return stride * elements;
    }

    public byte getByte(int element, long offset) {
        return memory.get(ValueLayout.JAVA_BYTE, place(element, offset, Byte.BYTES));
    }

    public void setByte(int element, long offset, byte value) {
        memory.set(ValueLayout.JAVA_BYTE, place(element, offset, Byte.BYTES), value);
    }

    public short getShort(int element, long offset) {
        return memory.get(PLAIN_SHORT, place(element, offset, Short.BYTES));
    }

    public void setShort(int element, long offset, short value) {
        memory.set(PLAIN_SHORT, place(element, offset, Short.BYTES), value);
    }

    public int getInt(int element, long offset) {
        return memory.get(PLAIN_INT, place(element, offset, Integer.BYTES));
    }

    public void setInt(int element, long offset, int value) {
        memory.set(PLAIN_INT, place(element, offset, Integer.BYTES), value);
    }

    public long getLong(int element, long offset) {
        return memory.get(PLAIN_LONG, place(element, offset, Long.BYTES));
    }

    public void setLong(int element, long offset, long value) {
        memory.set(PLAIN_LONG, place(element, offset, Long.BYTES), value);
    }

    /** What was stored before the value read here is visible to later reads. */
    public int getIntAcquire(int element, long offset) {
        return (int) INT.getAcquire(memory, place(element, offset, Integer.BYTES));
    }

    /** Everything stored before is visible to a program that reads this value and follows it. */
    public void setIntRelease(int element, long offset, int value) {
        INT.setRelease(memory, place(element, offset, Integer.BYTES), value);
    }

    /** Adds at once, as a program's {@code __sync_fetch_and_add} does. @return what was there before */
    public int getAndAddInt(int element, long offset, int more) {
        return (int) INT.getAndAdd(memory, place(element, offset, Integer.BYTES), more);
    }

    public long getLongAcquire(int element, long offset) {
        return (long) LONG.getAcquire(memory, place(element, offset, Long.BYTES));
    }

    public void setLongRelease(int element, long offset, long value) {
        LONG.setRelease(memory, place(element, offset, Long.BYTES), value);
    }

    /** Copies {@code count} ints from {@code source[from]} on. */
    public void write(int element, long offset, int[] source, int from, int count) {
        long place = place(element, offset, (long) count * Integer.BYTES);
        MemorySegment.copy(source, from, memory, PLAIN_INT, place, count);
    }

    public void write(int element, long offset, byte[] source, int from, int count) {
        long place = place(element, offset, count);
        MemorySegment.copy(source, from, memory, ValueLayout.JAVA_BYTE, place, count);
    }

    /** Copies what remains of a buffer in native order, which stays as it is. */
    public void write(int element, long offset, Buffer source) {
        MemorySegment from = MemorySegment.ofBuffer(source);
        MemorySegment.copy(from, 0, memory, place(element, offset, from.byteSize()), from.byteSize());
    }

    /** Copies bytes to the same place in another element. */
    public void copy(int from, int to, long offset, long count) {
        MemorySegment.copy(memory, place(from, offset, count), memory, place(to, offset, count), count);
    }

    /** Copies bytes out. */
    public byte[] read(int element, long offset, int count) {
        return memory.asSlice(place(element, offset, count), count).toArray(ValueLayout.JAVA_BYTE);
    }

    public void fill(int element, long offset, long count, byte value) {
        memory.asSlice(place(element, offset, count), count).fill(value);
    }

    private long place(int element, long offset, long size) {
        Objects.checkIndex(element, elements);
        Objects.checkFromIndexSize(offset, size, elementSize);
        return element * stride + offset;
    }

    /** Unmaps; every later access fails. */
    @Override
    public void close() {
        arena.close();
    }
}
