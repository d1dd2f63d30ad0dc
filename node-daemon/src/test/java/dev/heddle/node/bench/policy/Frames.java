package dev.heddle.node.bench.policy;

import static dev.heddle.node.bench.BenchObject.number;

import dev.heddle.node.bench.BenchObject;
import dev.heddle.node.ffm.elf.BpfObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * TCP segments from a lane's pod, each to another peer drawn at random. They enter the network stack on this thread, so
 * that its CPU time is what they cost, from the device to where they are dropped.
 */
final class Frames implements AutoCloseable {
    private static final String PROGRAM = "frames";

    private final BpfObject object;

    /**
     * @param first address of the first peer
     * @param peers addresses that follow each other
     */
    Frames(int first, int peers) throws IOException {
        object = BenchObject.of(PROGRAM)
                .constant("bench_first_peer", number(first))
                .constant("bench_peers", number(peers))
                .load();
    }

    /** Sends so many; returns the CPU time of one in nanoseconds. */
    double send(Lane lane, int packets) {
        return lane.onNode(() -> {
            var threads = ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadCpuTime();
            object.program(PROGRAM).inject(FRAME, lane.ifindex(), packets);
            return (double) (threads.getCurrentThreadCpuTime() - before) / packets;
        });
    }

    /** Of a connection that is open: an ACK from 40000 to {@link Workload#PORT}. The program sets destination and checksum. */
    private static final byte[] FRAME = ByteBuffer.allocate(64)
            .put(HexFormat.of().parseHex(Lane.DEVICE_MAC + Lane.POD_MAC + "0800"))
            .put(HexFormat.of().parseHex("4500002800004000400600000a4100020a400001"))
            .putShort((short) 40000)
            .putShort((short) Workload.PORT)
            .put(HexFormat.of().parseHex("00000001000000015010ffff00000000"))
            .flip()
            .array();

    @Override
    public void close() {
        object.close();
    }
}
