package dev.heddle.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A pod with {@code CAP_NET_RAW} that says to be another one of its node, by every address and on the link too. What it
 * does is {@code lie} of {@code test/e2e/cluster/attempt}; without Heddle all of it works on a bridge.
 */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiarTest {

    private static final String PORT = "9000";
    private static final List<String> REASONS = List.of("spoofed_address", "spoofed_arp", "spoofed_neighbour");

    @RegisterExtension
    final OnCluster cluster = new OnCluster("liar");

    @BeforeAll
    void startPods() {
        String namespace = cluster.namespace("link");
        cluster.namespaces.start(List.of(
                TestPod.withRawSockets(TestPod.serving(namespace, "liar", cluster.firstNode(), Map.of())),
                TestPod.serving(namespace, "victim", cluster.firstNode(), Map.of()),
                TestPod.serving(namespace, "neighbour", cluster.firstNode(), Map.of()),
                TestPod.serving(namespace, "far", cluster.secondNode(), Map.of())));
    }

    @Test
    void nobodyHearsALieAndItsVictimIsUndisturbed() throws Exception {
        DaemonMetrics metrics = new DaemonMetrics(LocalProcess.daemonOn(cluster.client, cluster.firstNode()));
        TestPod liar = cluster.pod("link/liar");
        TestPod victim = cluster.pod("link/victim");
        Map<String, Double> before = REASONS.stream().collect(toMap(reason -> reason, metrics::droppedFromPods));

        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<String>> heard = new ArrayList<>();
            for (String listener : List.of("link/neighbour", "link/far")) {
                heard.add(threads.submit(
                        () -> cluster.connections.exec(cluster.pod(listener), "/attempt", "hear", PORT, "15s")));
            }
            Future<String> near = threads.submit(() -> lie(liar, victim, cluster.pod("link/neighbour")));
            Future<String> far = threads.submit(() -> lie(liar, victim, cluster.pod("link/far")));
            while (!near.isDone() || !far.isDone()) {
                assertAnswers(victim);
            }
            assertThat(List.of(near.get(), far.get()))
                    .as("what the liar says of itself")
                    .containsOnly("");
            for (Future<String> addresses : heard) {
                assertThat(addresses.get().lines())
                        .as("whom others heard: the liar does send")
                        .containsExactlyInAnyOrderElementsOf(liar.addresses());
            }
        }
        assertAnswers(victim);
        for (String reason : REASONS) {
            assertThat(metrics.droppedFromPods(reason)).as(reason).isGreaterThan(before.getOrDefault(reason, 0.0));
        }
    }

    /** Tells a target that it is the victim, and everybody on the link. */
    private String lie(TestPod liar, TestPod victim, TestPod target) {
        List<String> command = new ArrayList<>(List.of("/attempt", "lie", PORT));
        for (int family = 0; family < victim.addresses().size(); family++) {
            command.add(
                    victim.addresses().get(family) + "/" + target.addresses().get(family));
        }
        return cluster.connections.exec(liar, command.toArray(String[]::new));
    }

    private void assertAnswers(TestPod victim) {
        for (String from : List.of("link/neighbour", "link/far")) {
            for (Protocol protocol : Protocol.values()) {
                assertThat(cluster.connections.attempt(Attempt.all(cluster.pod(from), victim, protocol)))
                        .allSatisfy((attempt, outcome) -> assertThat(outcome).isEqualTo(Outcome.ANSWERED));
            }
        }
    }
}
