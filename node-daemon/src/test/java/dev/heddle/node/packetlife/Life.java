package dev.heddle.node.packetlife;

import dev.heddle.node.apply.LiveTables;
import dev.heddle.node.ffm.bpf.TestResult;
import dev.heddle.node.ffm.bpf.TestRun;
import dev.heddle.node.ffm.elf.BpfObject;
import dev.heddle.node.ffm.layout.CtEntryLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.ring.RingReader;
import dev.heddle.policy.rule.Rule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A node in whose hooks packets live, in the words of the tests:
 *
 * <pre>{@code
 * life.given("api accepts tcp 8080 from web");
 * life.travels(tcp("web:40000", "api:8080").syn()).passes();
 * life.travels(tcp("web:40000", "api:9090").syn()).dropped(DropReason.POLICY_DENIED);
 * }</pre>
 *
 * <p>{@code leaves} is the sender's hook, {@code arrives} the receiver's, {@code travels} one after the other, as the
 * packet would. A flip between the hooks is {@code leaves}, then {@code given}, then {@code arrives}.
 */
final class Life implements AutoCloseable {
    private static final int SKB_SIZE = 192;
    private static final int SKB_MARK = 8;
    private static final int SKB_INGRESS_IFINDEX = 36;
    private static final int SKB_IFINDEX = 40;
    private static final int SKB_GSO_SEGMENTS = 164;

    private final Family family;
    private final Loaded loaded;
    private final Tables tables;
    private final Node node;
    /** What the sender's hook left on the packet for the receiver's. */
    private int stamp;

    private int segments;

    /** The packet as the last hook left it. */
    private byte[] left = {};

    private Life(Devices devices, Family family, Config config) {
        this.family = family;
        loaded = Loaded.of(config);
        tables = loaded.tables();
        node = new Node(tables, devices);
        node.admitAll();
        given();
    }

    static Life of(Devices devices) {
        return of(devices, Config.DEFAULT);
    }

    static Life of(Devices devices, Config config) {
        return of(devices, Family.IPV4, config);
    }

    /** Here packets have addresses of this family. */
    static Life of(Devices devices, Family family, Config config) {
        return new Life(devices, family, config);
    }

    /** Replaces the whole policy by these sentences: compiles, writes the standby half, flips. */
    void given(String... sentences) {
        node.apply(Sentence.rules(sentences));
    }

    /**
     * The same with a ClusterNetworkPolicy in front of the sentences.
     *
     * @param clusterPolicy its spec as YAML; several are divided by a line {@code ---}
     */
    void givenFor(String clusterPolicy, String... sentences) {
        List<Rule> rules = new ArrayList<>(ClusterRules.of(clusterPolicy));
        rules.addAll(Sentence.rules(sentences));
        node.apply(rules);
    }

    /** What the tests change besides policy. */
    Node node() {
        return node;
    }

    /** The sender's hook, if the sender is a pod of this node. */
    Trip leaves(Packet packet) {
        return leaves(packet.over(family));
    }

    Trip leaves(Frame frame) {
        stamp = 0;
        if (!frame.source().isLocal()) {
            return Trip.PASSED;
        }
        return leaves(frame.source(), frame.bytes());
    }

    /** The sender's hook, for a frame of another kind. */
    Trip leaves(Icmp6 frame) {
        return leaves(frame.sender(), frame.bytes());
    }

    /** The sender's hook, for any bytes. */
    Trip leaves(Cast sender, byte[] frame) {
        stamp = 0;
        return run(loaded.fromPod(), "from_pod_stamped", frame, sender, 0);
    }

    Trip arrives(Cast receiver, Icmp6 frame) {
        return run(loaded.toPod(), "to_pod_stamped", frame.bytes(), receiver, node.uplink());
    }

    /** The receiver's hook, if the receiver is a pod of this node. */
    Trip arrives(Packet packet) {
        return arrives(packet.over(family));
    }

    Trip arrives(Frame frame) {
        return arrives(frame, frame.bytes());
    }

    /** The same with these bytes of it only. */
    Trip arrives(Frame frame, byte[] bytes) {
        if (!frame.destination().isLocal()) {
            return Trip.PASSED;
        }
        return run(loaded.toPod(), "to_pod_stamped", bytes, frame.destination(), ingress(frame.source()));
    }

    /** A packet that a bridge brings has come in by its sender's device. */
    private int ingress(Cast source) {
        return source == Cast.HOST ? 0 : source.isLocal() ? node.ifindex(source) : node.uplink();
    }

    /** The same as one packet that the device will cut into segments. */
    Trip arrivesSegmented(Frame frame, byte[] bytes) {
        segments = 2;
        try {
            return arrives(frame, bytes);
        } finally {
            segments = 0;
        }
    }

    /** From the host's address, but not from this node: a masqueraded packet, or a lie. */
    Trip arrivesFromElsewhere(Packet packet) {
        byte[] bytes = packet.over(family).bytes();
        return run(loaded.toPod(), "to_pod_stamped", bytes, packet.destination(), node.uplink());
    }

    Trip travels(Packet packet) {
        return travels(packet.over(family));
    }

    Trip travels(Frame frame) {
        Trip first = leaves(frame);
        return first.hasPassed() ? arrives(frame) : first;
    }

    /** What a person would be told of the tables. */
    LiveTables liveTables() {
        return LiveTables.of(tables::map);
    }

    /** What the daemon would hear of packets. */
    RingReader events() {
        return RingReader.of(tables.map(KernelMap.EVENTS));
    }

    /** The bytes as the last hook left them. */
    byte[] left() {
        return left.clone();
    }

    /** Of every flow that is known, and of its service's side, the {@code CT_*} state. */
    List<Integer> states() {
        List<Integer> states = new ArrayList<>();
        KernelMap flows = family == Family.IPV4 ? KernelMap.CONNTRACK4 : KernelMap.CONNTRACK6;
        tables.map(flows).batch().scan(64, (key, entry) -> states.add((int) entry.get((int) CtEntryLayout.STATE)));
        return states;
    }

    /** What leads to services. */
    ServiceTables services() {
        return new ServiceTables(tables, family);
    }

    /** The stamp the packet carries now. */
    int stamp() {
        return stamp;
    }

    private Trip run(BpfObject object, String program, byte[] bytes, Cast endpoint, int ingressIfindex) {
        byte[] context = ByteBuffer.allocate(SKB_SIZE)
                .order(ByteOrder.nativeOrder())
                .putInt(SKB_MARK, stamp)
                .putInt(SKB_INGRESS_IFINDEX, ingressIfindex)
                .putInt(SKB_IFINDEX, node.ifindex(endpoint))
                .putInt(SKB_GSO_SEGMENTS, segments)
                .array();
        Counters before = Counters.of(tables);
        TestResult result = object.program(program).testRun(TestRun.of(bytes).withContext(context));
        left = result.packet();
        stamp = ByteBuffer.wrap(result.context()).order(ByteOrder.nativeOrder()).getInt(SKB_MARK);
        return new Trip(result.returned(), Counters.of(tables).reasonSince(before));
    }

    @Override
    public void close() {
        loaded.close();
    }
}
