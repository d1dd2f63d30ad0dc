package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** The API server is away for minutes, and Heddle's daemons die meanwhile: policies hold, both ways. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("it halts the API server")
class OutageTest {

    private static final Duration OUTAGE = Duration.ofMinutes(2);
    /** A machine with much to do may need seconds; whether a packet was dropped is asked of the daemons. */
    private static final String PATIENCE_WHERE_ALLOWED = "10s";

    private static final String PATIENCE_WHERE_DENIED = "2s";

    @RegisterExtension
    final OnCluster cluster = new OnCluster("outage");

    private String app = "";

    @BeforeAll
    void startPods() {
        app = cluster.namespace("app");
        cluster.namespaces.start(List.of(
                TestPod.serving(app, "server1", cluster.firstNode(), Map.of("role", "server")),
                TestPod.serving(app, "server2", cluster.secondNode(), Map.of("role", "server")),
                Stream9000.receiver(app, "receiver", cluster.firstNode(), Map.of("role", "server"))));
        cluster.enforce("app", "servers", """
                podSelector: {matchLabels: {role: server}}
                ingress:
                - from: [{podSelector: {matchLabels: {role: friend}}}]
                """);
        cluster.namespaces.start(List.of(
                knocking("friend", cluster.firstNode(), PATIENCE_WHERE_ALLOWED),
                knocking("stranger", cluster.secondNode(), PATIENCE_WHERE_DENIED),
                Stream9000.sender(
                        app,
                        "sender",
                        cluster.secondNode(),
                        Map.of("role", "friend"),
                        cluster.pod("app/receiver").address())));
    }

    /** Says once or twice a second how a connection to each server ended. */
    private Pod knocking(String role, String node, String patience) {
        String script = "while true; do /attempt %s tcp/%s:8080 tcp/%s:8080; usleep 200000; done"
                .formatted(
                        patience,
                        cluster.pod("app/server1").address(),
                        cluster.pod("app/server2").address());
        Pod pod = TestPod.running(app, role, node, Map.of("role", role));
        pod.getSpec().getContainers().getFirst().setCommand(List.of("sh", "-c", script));
        return pod;
    }

    @Test
    void whatIsInForceStaysInForce() {
        LocalProcess apiServer = LocalProcess.apiServer(cluster.client);
        Await.until(
                "both knock",
                () -> said("friend").size() > 4 && said("stranger").size() > 4);
        int friend = said("friend").size();
        int stranger = said("stranger").size();
        long lines = Stream9000.lines(cluster.client, cluster.pod("app/receiver"));
        List<LocalProcess> daemons = cluster.nodes().stream()
                .map(node -> LocalProcess.daemonOn(cluster.client, node))
                .toList();

        int starts = Cluster.operatorRestarts(cluster.client);

        apiServer.suspend();
        long end = System.nanoTime() + OUTAGE.toNanos();
        try {
            daemons.forEach(LocalProcess::kill);
            Await.until("the daemons run again", () -> daemons.stream().allMatch(LocalProcess::isThereAgain));
            Await.until("the outage is over", OUTAGE.plusSeconds(10), () -> System.nanoTime() > end);
        } finally {
            apiServer.resume();
        }
        cluster.nodes().forEach(node -> Cluster.awaitDaemonReady(cluster.client, node));

        assertThat(said("friend").stream().skip(friend))
                .hasSizeGreaterThan(60)
                .containsOnly("0 answered", "1 answered");
        String friendsPackets = "TCP " + cluster.pod("app/friend").address() + ":";
        for (String node : cluster.nodes()) {
            assertThat(Cluster.daemonLog(cluster.client, node))
                    .as("what %s dropped since its daemon was killed", node)
                    .anyMatch(line -> line.contains("dropped ingress of " + app))
                    .noneMatch(line -> line.contains("dropped") && line.contains(friendsPackets));
        }
        assertThat(said("stranger").stream().skip(stranger))
                .hasSizeGreaterThan(40)
                .containsOnly("0 timed out", "1 timed out");
        Await.until(
                "every line on the open connection",
                () -> Stream9000.lines(cluster.client, cluster.pod("app/receiver")) > lines + 600);
        cluster.enforce("app", "servers", """
                podSelector: {matchLabels: {role: server}}
                ingress:
                - from: [{podSelector: {matchLabels: {role: stranger}}}]
                """);
        cluster.assertTable("""
                             app/server1 app/server2
                app/friend   -           -
                app/stranger TU          TU
                """);
        assertThat(Cluster.operatorRestarts(cluster.client))
                .as("it lost its lease, and began again when the API server was back, not again and again meanwhile")
                .isBetween(starts + 1, starts + 2);
    }

    private List<String> said(String role) {
        return cluster.client
                .pods()
                .inNamespace(app)
                .withName(role)
                .getLog()
                .lines()
                .toList();
    }
}
