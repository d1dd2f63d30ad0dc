package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.MappedArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Memory in which a tree of addresses lies, in the machine's byte order; offsets are bytes. */
sealed interface TreeMemory {

    byte getByte(long offset);

    void setByte(long offset, int value);

    int getInt(long offset);

    void setInt(long offset, int value);

    long getLong(long offset);

    void setLong(long offset, long value);

    /** Whoever reads this value finds everything that was set before. */
    void publish(long offset, int value);

    /** Memory of this process alone, zeroed; it grows as it is used. */
    final class Own implements TreeMemory {
        private byte[] memory;
        private ByteBuffer bytes;

        Own(int capacity) {
            memory = new byte[capacity];
            bytes = ByteBuffer.wrap(memory).order(ByteOrder.nativeOrder());
        }

        byte[] bytes() {
            return memory;
        }

        @Override
        public byte getByte(long offset) {
            return bytes.get((int) offset);
        }

        @Override
        public void setByte(long offset, int value) {
            room(offset).put((int) offset, (byte) value);
        }

        @Override
        public int getInt(long offset) {
            return bytes.getInt((int) offset);
        }

        @Override
        public void setInt(long offset, int value) {
            room(offset).putInt((int) offset, value);
        }

        @Override
        public long getLong(long offset) {
            return bytes.getLong((int) offset);
        }

        @Override
        public void setLong(long offset, long value) {
            room(offset).putLong((int) offset, value);
        }

        @Override
        public void publish(long offset, int value) {
            setInt(offset, value);
        }

        private ByteBuffer room(long offset) {
            if (offset + Long.BYTES > memory.length) {
                memory = Arrays.copyOf(memory, 2 * memory.length);
                bytes = ByteBuffer.wrap(memory).order(ByteOrder.nativeOrder());
            }
            return bytes;
        }
    }

    /** One element of a mapped array, which programs may be reading. */
    record Shared(MappedArray array, int element) implements TreeMemory {

        @Override
        public byte getByte(long offset) {
            return array.getByte(element, offset);
        }

        @Override
        public void setByte(long offset, int value) {
            array.setByte(element, offset, (byte) value);
        }

        @Override
        public int getInt(long offset) {
            return array.getInt(element, offset);
        }

        @Override
        public void setInt(long offset, int value) {
            array.setInt(element, offset, value);
        }

        @Override
        public long getLong(long offset) {
            return array.getLong(element, offset);
        }

        @Override
        public void setLong(long offset, long value) {
            array.setLong(element, offset, value);
        }

        @Override
        public void publish(long offset, int value) {
            array.setIntRelease(element, offset, value);
        }
    }
}
