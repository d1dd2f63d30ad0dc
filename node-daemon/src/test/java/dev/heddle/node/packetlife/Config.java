package dev.heddle.node.packetlife;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.NodeConfigLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/**
 * What the daemon sets before load, as far as tests want it otherwise.
 *
 * @param budget conntrack entries of one endpoint
 * @param room conntrack entries of the node
 * @param tcpNew how long a connection that only one end spoke of is remembered without packets
 * @param tcpClosing the same of one that is closed
 * @param udp how long a UDP flow without packets is remembered
 * @param icmp the same of a ping
 * @param dropEvents records of drops in a second, on each CPU
 * @param flowEvents records of flows that begin in a second, on each CPU
 * @param ring bytes of the ring that takes records
 */
record Config(
        int budget,
        int room,
        Duration tcpNew,
        Duration tcpClosing,
        Duration udp,
        Duration icmp,
        int dropEvents,
        int flowEvents,
        int ring) {
    static final Config DEFAULT = new Config(
            1000,
            4096,
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            0,
            0,
            Abi.EVENT_RING_BYTES);

    Config withBudget(int entries) {
        return new Config(entries, room, tcpNew, tcpClosing, udp, icmp, dropEvents, flowEvents, ring);
    }

    Config withRoom(int entries) {
        return new Config(budget, entries, tcpNew, tcpClosing, udp, icmp, dropEvents, flowEvents, ring);
    }

    Config withTcp(Duration opening, Duration closing) {
        return new Config(budget, room, opening, closing, udp, icmp, dropEvents, flowEvents, ring);
    }

    Config withUdp(Duration time) {
        return new Config(budget, room, tcpNew, tcpClosing, time, icmp, dropEvents, flowEvents, ring);
    }

    Config withIcmp(Duration time) {
        return new Config(budget, room, tcpNew, tcpClosing, udp, time, dropEvents, flowEvents, ring);
    }

    Config withDropEvents(int records) {
        return new Config(budget, room, tcpNew, tcpClosing, udp, icmp, records, flowEvents, ring);
    }

    Config withFlowEvents(int records) {
        return new Config(budget, room, tcpNew, tcpClosing, udp, icmp, dropEvents, records, ring);
    }

    Config withRing(int bytes) {
        return new Config(budget, room, tcpNew, tcpClosing, udp, icmp, dropEvents, flowEvents, bytes);
    }

    byte[] bytes() {
        return ByteBuffer.allocate((int) NodeConfigLayout.SIZE)
                .order(ByteOrder.nativeOrder())
                .putLong((int) NodeConfigLayout.TCP_NEW_NS, tcpNew.toNanos())
                .putLong(
                        (int) NodeConfigLayout.TCP_ESTABLISHED_NS,
                        Duration.ofHours(6).toNanos())
                .putLong((int) NodeConfigLayout.TCP_CLOSING_NS, tcpClosing.toNanos())
                .putLong((int) NodeConfigLayout.UDP_NS, udp.toNanos())
                .putLong((int) NodeConfigLayout.ICMP_NS, icmp.toNanos())
                .putInt((int) NodeConfigLayout.CONNTRACK_BUDGET, budget)
                .putInt((int) NodeConfigLayout.DROP_EVENTS, dropEvents)
                .putInt((int) NodeConfigLayout.FLOW_EVENTS, flowEvents)
                .array();
    }
}
