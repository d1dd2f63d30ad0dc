package dev.heddle.node.apply;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.DropReason;
import dev.heddle.node.ffm.layout.EventLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.ring.RingReader;
import dev.heddle.node.ffm.ring.RingRecord;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.PacketEvent;
import dev.heddle.policy.rule.Direction;
import java.util.function.Consumer;

/** The programs' records. One thread reads them. */
public final class EventRing implements AutoCloseable {

    private static final int ETHERTYPE_IPV6 = 0x86dd;

    private final RingReader ring;

    EventRing(Pinned pinned) {
        ring = RingReader.of(pinned.map(KernelMap.EVENTS));
    }

    /** Hands over the records that are there. */
    public void drain(Consumer<PacketEvent> reader) {
        ring.drain(record -> reader.accept(read(record)));
    }

    private static PacketEvent read(RingRecord record) {
        int reason = record.getByte(EventLayout.REASON) & 0xff;
        int peer = record.getInt(EventLayout.PEER);
        int octets = port(record, EventLayout.ETHERTYPE) == ETHERTYPE_IPV6 ? 16 : 4;
        return new PacketEvent(
                record.getLong(EventLayout.TIME_NS), // CLOCK_MONOTONIC, as System.nanoTime
                record.getByte(EventLayout.DIRECTION) == Abi.INGRESS ? Direction.INGRESS : Direction.EGRESS,
                record.getByte(EventLayout.VERDICT) == Abi.VERDICT_DROPPED,
                reason < DropReason.values().length ? DropReason.of(reason).text() : "reason " + reason,
                Address.of(record.getBytes(EventLayout.SOURCE, octets)),
                port(record, EventLayout.SOURCE_PORT),
                Address.of(record.getBytes(EventLayout.DESTINATION, octets)),
                port(record, EventLayout.DESTINATION_PORT),
                record.getByte(EventLayout.PROTOCOL) & 0xff,
                record.getInt(EventLayout.CELL) & Abi.CELL_RULE_MASK,
                peer == Abi.EVENT_PEER_NOT_ASKED ? PacketEvent.NOT_ASKED : peer,
                record.getInt(EventLayout.EPOCH),
                record.getInt(EventLayout.IFINDEX),
                Integer.toUnsignedLong(record.getInt(EventLayout.SUPPRESSED)));
    }

    /** A number of two bytes in network order. */
    private static int port(RingRecord record, long offset) {
        return ((record.getByte(offset) & 0xff) << 8) | (record.getByte(offset + 1) & 0xff);
    }

    @Override
    public void close() {
        ring.close();
    }
}
