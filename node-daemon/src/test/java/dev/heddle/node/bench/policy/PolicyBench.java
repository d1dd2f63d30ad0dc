package dev.heddle.node.bench.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.bench.Comparison;
import dev.heddle.bench.Report;
import dev.heddle.node.ffm.bpf.Pins;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Heddle beside nftables, both iptables and the usual BPF way, on the same policy: CPU time of a packet above the path
 * without policy, and the time to connect and get a byte back.
 */
@Tag("bench")
class PolicyBench {
    private static final String BENCH = "policy";
    private static final String PER_PACKET = "ns/packet above no policy";
    private static final String PER_CONNECTION = "us to connect and echo";
    private static final int[] RULES = {10, 1_000, 10_000};
    private static final int[] PEERS = {1, 1_000, 50_000};

    private static final int WARM_UP = 2;
    private static final int ROUNDS = 9;
    /** What a measurement should take; a slow way gets fewer packets. */
    private static final double NANOS = 30e6;

    private static final int FEW_PACKETS = 256;
    private static final int MOST_PACKETS = 200_000;
    private static final int CONNECTIONS = 300;

    private static final Way HEDDLE = new ClassTables("Heddle", "heddle");
    private static final List<Way> OTHERS =
            List.of(new HashMaps(), new NftMap(), new Iptables("nft"), new Iptables("legacy"));

    private boolean mounted;

    @BeforeEach
    void mount() {
        mounted = !Pins.isBpfFs(ClassTables.BPF);
        Pins.mount(ClassTables.BPF);
    }

    @AfterEach
    void unmount() {
        if (mounted) {
            Pins.unmount(ClassTables.BPF);
        }
    }

    @Test
    void policy() throws IOException {
        List<Comparison> cases = new ArrayList<>();
        for (int rules : RULES) {
            for (int peers : PEERS) {
                cases.addAll(packets(new Workload(rules, peers)));
            }
        }
        for (int rules : RULES) {
            cases.addAll(connections(new Workload(rules, 1_000)));
        }
        Report.publish(BENCH, "ns/packet above no policy; us to connect and echo", "other", cases);
    }

    private static List<Comparison> packets(Workload workload) throws IOException {
        System.out.println("measuring packets: " + workload);
        try (Race race = new Race().enter(new NoPolicy(), workload, false).enter(HEDDLE, workload, false);
                Frames frames = new Frames(Workload.FIRST_PEER, workload.peers());
                Frames denied = new Frames(Workload.NO_PEER, 1)) {
            for (Way way : OTHERS) {
                race.enter(way, workload, false);
            }
            assertEnforced(race.lanes(), frames, denied);
            double[][] total = measure(race, frames);
            List<Comparison> cases = new ArrayList<>();
            for (int other = 0; other < OTHERS.size(); other++) {
                Way way = OTHERS.get(other);
                cases.add(Comparison.of(
                        BENCH,
                        workload + ": " + way.label(),
                        PER_PACKET,
                        above(total[1], total[0]),
                        way.label(),
                        above(total[2 + other], total[0])));
            }
            return cases;
        }
    }

    private static List<Comparison> connections(Workload workload) throws IOException {
        System.out.println("measuring connections: " + workload);
        Map<Lane, Connections> clients = new HashMap<>();
        try (Race race = new Race().enter(HEDDLE, workload, true)) {
            for (Way way : OTHERS.subList(1, OTHERS.size())) { // the first answers no replies: it has no conntrack
                race.enter(way, workload, true);
            }
            for (Lane lane : race.lanes()) {
                clients.put(lane, new Connections(lane, workload.peers()));
            }
            double[][] micros = race.run(
                    WARM_UP,
                    ROUNDS,
                    lane -> Objects.requireNonNull(clients.get(lane)).median(CONNECTIONS));
            List<Comparison> cases = new ArrayList<>();
            for (int other = 1; other < micros.length; other++) {
                String label = OTHERS.get(other).label();
                cases.add(Comparison.of(
                        BENCH,
                        String.format("connect, %,d rules: %s", workload.rules(), label),
                        PER_CONNECTION,
                        micros[0],
                        label,
                        micros[other]));
            }
            return cases;
        } finally {
            for (Connections client : clients.values()) {
                client.close();
            }
        }
    }

    /** Every lane but the first, which has no policy, lets exactly the peers' packets through. */
    private static void assertEnforced(List<Lane> lanes, Frames frames, Frames denied) {
        lanes.forEach(Lane::countPassed);
        for (Lane lane : lanes) {
            frames.send(lane, FEW_PACKETS);
            assertThat(lane.passed()).as("packets to peers").isEqualTo(FEW_PACKETS);
        }
        for (Lane lane : lanes.subList(1, lanes.size())) {
            denied.send(lane, FEW_PACKETS);
            assertThat(lane.passed()).as("packets to nobody's address").isEqualTo(FEW_PACKETS);
        }
    }

    private static double[][] measure(Race race, Frames frames) {
        Map<Lane, Integer> packets = new HashMap<>();
        for (Lane lane : race.lanes()) {
            double nanos = Math.max(1, frames.send(lane, FEW_PACKETS));
            packets.put(lane, (int) Math.clamp(NANOS / nanos, FEW_PACKETS, MOST_PACKETS));
        }
        return race.run(WARM_UP, ROUNDS, lane -> frames.send(lane, packets.getOrDefault(lane, FEW_PACKETS)));
    }

    private static double[] above(double[] total, double[] base) {
        double[] difference = new double[total.length];
        Arrays.setAll(difference, round -> total[round] - base[round]);
        return difference;
    }
}
