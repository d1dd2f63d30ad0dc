package dev.heddle.node.packetlife;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.CounterLayout;
import dev.heddle.node.ffm.layout.DropReason;
import dev.heddle.node.ffm.layout.KernelMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The packet counters at one moment.
 *
 * @param packets by reason, of both directions and all CPUs
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the test
record Counters(long[] packets) {

    static Counters of(Tables tables) {
        long[] packets = new long[Abi.DIRECTIONS * DropReason.values().length];
        for (int i = 0; i < packets.length; i++) {
            ByteBuffer perCpu = ByteBuffer.wrap(tables.map(KernelMap.COUNTERS)
                            .lookup(Tables.number(i))
                            .orElseThrow())
                    .order(ByteOrder.nativeOrder());
            for (int at = 0; at < perCpu.capacity(); at += (int) CounterLayout.SIZE) {
                packets[i % DropReason.values().length] += perCpu.getLong(at + (int) CounterLayout.PACKETS);
            }
        }
        return new Counters(packets);
    }

    /** The one counter that went up by one. */
    DropReason reasonSince(Counters before) {
        DropReason found = null;
        for (DropReason reason : DropReason.values()) {
            long more = packets[reason.code()] - before.packets[reason.code()];
            if (more > 1 || (more == 1 && found != null)) {
                throw new AssertionError("more than one packet was counted");
            }
            if (more == 1) {
                found = reason;
            }
        }
        if (found == null) {
            throw new AssertionError("the packet was not counted");
        }
        return found;
    }
}
