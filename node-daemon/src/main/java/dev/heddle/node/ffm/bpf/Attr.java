package dev.heddle.node.ffm.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Writes {@code union bpf_attr}: zeroed, then fields by their offset, which each caller names. */
record Attr(MemorySegment memory) {
    private static final long ALIGNMENT = 8;

    /** @param size up to the end of the last field used; older kernels refuse non-zero bytes beyond what they know */
    static Attr of(Arena arena, long size) {
        return new Attr(arena.allocate(size, ALIGNMENT));
    }

    Attr with(long offset, int value) {
        memory.set(ValueLayout.JAVA_INT, offset, value);
        return this;
    }

    Attr with(long offset, long value) {
        memory.set(ValueLayout.JAVA_LONG, offset, value);
        return this;
    }

    Attr with(long offset, MemorySegment pointer) {
        return with(offset, pointer.address());
    }

    /** Copies a name into a field of 16 bytes: the first 15 characters that the kernel admits. */
    Attr withName(long offset, String name) {
        int length = Math.min(name.length(), 15);
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            boolean admitted = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.');
            memory.set(ValueLayout.JAVA_BYTE, offset + i, (byte) (admitted ? c : '_'));
        }
        return this;
    }

    int getInt(long offset) {
        return memory.get(ValueLayout.JAVA_INT, offset);
    }

    long getLong(long offset) {
        return memory.get(ValueLayout.JAVA_LONG, offset);
    }

    /** A zero-terminated field of 16 bytes. */
    String getName(long offset) {
        return memory.getString(offset);
    }
}
