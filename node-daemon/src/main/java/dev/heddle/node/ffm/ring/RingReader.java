package dev.heddle.node.ffm.ring;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MapType;
import dev.heddle.node.ffm.sys.Mapping;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Reads the records of a BPF ring buffer from its mapped pages; no system call and no upcall for a record. One reader for
 * a ring, one thread at a time. Source: Documentation/bpf/ringbuf.rst.
 */
public final class RingReader implements AutoCloseable {
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    /** Before each record: its length with two flags, then four bytes of the kernel's own. */
    private static final int HEADER = 8;

    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment consumer;
    private final MemorySegment producer;
    private final MemorySegment data;
    private final long mask;
    private final RingRecord record;

    private RingReader(BpfMap ring) {
        long size = ring.spec().maxEntries();
        try {
            consumer = Mapping.map(ring.fd(), 0, Mapping.PAGE, Mapping.READ_WRITE, arena);
            // The data is mapped twice in a row, so that a record at the end continues without a seam.
            MemorySegment readable = Mapping.map(ring.fd(), Mapping.PAGE, Mapping.PAGE + 2 * size, Mapping.READ, arena);
            producer = readable.asSlice(0, Mapping.PAGE);
            data = readable.asSlice(Mapping.PAGE);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
        mask = size - 1;
        record = new RingRecord(data);
    }

    public static RingReader of(BpfMap ring) {
        if (ring.spec().type() != MapType.RINGBUF) {
            throw new IllegalArgumentException(ring + " is no ring buffer");
        }
        return new RingReader(ring);
    }

    /** Sees one record, which is valid during the call only. */
    @FunctionalInterface
    public interface Handler {
        void handle(RingRecord record);
    }

    /**
     * Hands over what is there, oldest first, and frees it; returns at once. A handler that throws loses that record only.
     *
     * @return how many records were handed over
     */
    public int drain(Handler handler) {
        long position = (long) LONG.get(consumer, 0L);
        int count = 0;
        try {
            while (position < (long) LONG.getAcquire(producer, 0L)) {
                long at = position & mask;
                int length = (int) INT.getAcquire(data, at);
                if ((length & BUSY) != 0) {
                    break;
                }
                int bytes = length & ~DISCARDED;
                position += (HEADER + bytes + 7L) & -8L;
                if ((length & DISCARDED) == 0) {
                    count++;
                    handler.handle(record.at(at + HEADER, bytes));
                }
            }
        } finally {
            LONG.setRelease(consumer, 0L, position);
        }
        return count;
    }

    /** Bytes written and not yet read, of {@link #capacity}. */
    public long backlog() {
        return (long) LONG.getAcquire(producer, 0L) - (long) LONG.get(consumer, 0L);
    }

    public long capacity() {
        return mask + 1;
    }

    @Override
    public void close() {
        arena.close();
    }
}
