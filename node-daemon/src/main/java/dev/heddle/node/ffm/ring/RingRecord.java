package dev.heddle.node.ffm.ring;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * One record in the ring's own memory: read-only, fields by their offset, in native order. Reused for the next record, so
 * that nothing is allocated; copy what is to be kept.
 */
public final class RingRecord {
    private final MemorySegment data;
    private long start;
    private int length;

    RingRecord(MemorySegment data) {
        this.data = data;
    }

    RingRecord at(long newStart, int newLength) {
        start = newStart;
        length = newLength;
        return this;
    }

    /** In bytes. */
    public int length() {
        return length;
    }

    public byte getByte(long offset) {
        return data.get(ValueLayout.JAVA_BYTE, place(offset, Byte.BYTES));
    }

    public short getShort(long offset) {
        return data.get(ValueLayout.JAVA_SHORT_UNALIGNED, place(offset, Short.BYTES));
    }

    public int getInt(long offset) {
        return data.get(ValueLayout.JAVA_INT_UNALIGNED, place(offset, Integer.BYTES));
    }

    public long getLong(long offset) {
        return data.get(ValueLayout.JAVA_LONG_UNALIGNED, place(offset, Long.BYTES));
    }

    /** A copy of some bytes, for example of an address. */
    public byte[] getBytes(long offset, int count) {
        return data.asSlice(place(offset, count), count).toArray(ValueLayout.JAVA_BYTE);
    }

    private long place(long offset, int size) {
        return start + Objects.checkFromIndexSize(offset, size, length);
    }
}
