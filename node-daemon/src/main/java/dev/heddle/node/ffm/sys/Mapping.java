package dev.heddle.node.ffm.sys;

import dev.heddle.node.ffm.SyscallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Maps memory of a descriptor. The memory is unmapped when its arena closes. */
public final class Mapping {
    /** Bytes of a page of this machine. */
    public static final long PAGE = pageSize();

    private static final int AT_PAGESZ = 6;
    public static final int READ = 1;
    public static final int READ_WRITE = 3;
    private static final int MAP_SHARED = 1;

    private Mapping() {}

    /** From the vector the kernel gave this process: pairs of (type, value). */
    private static long pageSize() {
        try {
            var vector = ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/auxv")))
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
            while (vector.remaining() >= 2) {
                long type = vector.get();
                long value = vector.get();
                if (type == AT_PAGESZ) {
                    return value;
                }
            }
            throw new IllegalStateException("/proc/self/auxv names no page size");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Maps {@code size} bytes from {@code offset} on, both multiples of the page size. */
    @SuppressWarnings("restricted")
    public static MemorySegment map(Fd fd, long offset, long size, int protection, Arena arena) {
        long address = Syscall.MMAP.call(0, size, protection, MAP_SHARED, fd.number(), offset);
        if (address < 0) {
            throw new SyscallException(
                    "mmap", (int) -address, fd.toString(), "the map needs BPF_F_MMAPABLE and kernel 5.5 or later");
        }
        return MemorySegment.ofAddress(address)
                .reinterpret(size, arena, memory -> Syscall.MUNMAP.call(memory.address(), size, 0));
    }
}
