package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.NodeState;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Heddle's own processes die, and nobody who sends packets notices. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("it ends Heddle's processes")
class CrashTest {

    private static final String TABLE = """
                         app/server1 app/server2
            app/friend   TU          TU
            app/stranger -           -
            """;

    @RegisterExtension
    final OnCluster cluster = new OnCluster("crash");

    private String app = "";

    @BeforeAll
    void startPods() {
        app = cluster.namespace("app");
        cluster.namespaces.start(List.of(
                TestPod.serving(app, "server1", cluster.firstNode(), Map.of("role", "server")),
                TestPod.serving(app, "server2", cluster.secondNode(), Map.of("role", "server")),
                TestPod.serving(app, "friend", cluster.firstNode(), Map.of("role", "friend")),
                TestPod.serving(app, "stranger", cluster.secondNode(), Map.of("role", "stranger")),
                Stream9000.receiver(app, "receiver", cluster.firstNode(), Map.of("role", "server"))));
        cluster.enforce("app", "servers", """
                podSelector: {matchLabels: {role: server}}
                ingress:
                - from:
                  - podSelector: {matchLabels: {role: friend}}
                """);
        String receiver = cluster.pod("app/receiver").address();
        cluster.namespaces.start(
                List.of(Stream9000.sender(app, "sender", cluster.firstNode(), Map.of("role", "friend"), receiver)));
    }

    @Test
    void killedDaemonDisturbsNoTrafficAndConvergesOnReturn() {
        LocalProcess daemon = LocalProcess.daemonOn(cluster.client, cluster.firstNode());
        daemon.kill();
        assertTrafficUndisturbed();
        Cluster.awaitDaemonReady(cluster.client, cluster.firstNode());
        assertTrafficUndisturbed();
        assertPolicyChangesTakeEffect("after-daemon");
    }

    @Test
    void killedOperatorDisturbsNoTrafficAndConvergesOnReturn() {
        LocalProcess.operator(cluster.client).kill();
        assertTrafficUndisturbed();
        assertPolicyChangesTakeEffect("after-operator");
    }

    @Test
    void anotherOperatorTakesOverWhenTheLeaderHangsAndTheOldOneWritesNothingOnWaking() {
        Cluster.scaleOperator(cluster.client, 2);
        LocalProcess leader = LocalProcess.leadingOperator(cluster.client);
        leader.suspend();
        try {
            Await.until("another leader", () -> !Cluster.leader(cluster.client).startsWith(leader.pod()));
            assertPolicyChangesTakeEffect("after-takeover");
        } finally {
            leader.resume();
            Cluster.scaleOperator(cluster.client, 1);
        }
        assertTrafficUndisturbed();
        assertPolicyChangesTakeEffect("after-waking");
    }

    @Test
    void aDeletedNodeStateLeavesInForceWhatItSaidAndComesBack() {
        var states = cluster.client.resources(NodeState.class);
        String before =
                states.withName(cluster.firstNode()).require().getMetadata().getUid();
        states.withName(cluster.firstNode()).delete();
        assertTrafficUndisturbed();
        Await.until("another NodeState", () -> {
            NodeState state = states.withName(cluster.firstNode()).get();
            return state != null && !state.getMetadata().getUid().equals(before);
        });
        assertPolicyChangesTakeEffect("after-node-state");
    }

    @Test
    void podsStartAndAreProtectedWhileTheOperatorIsDown() {
        Cluster.scaleOperator(cluster.client, 0);
        assertThat(Cluster.leader(cluster.client)).as("it gave the lease back").isEmpty();
        try {
            cluster.namespaces.start(List.of(
                    TestPod.serving(app, "late-server", cluster.secondNode(), Map.of("role", "server")),
                    TestPod.serving(app, "late-stranger", cluster.firstNode(), Map.of("role", "stranger"))));
            cluster.assertTable("""
                                      app/late-server app/server1
                    app/friend        TU              TU
                    app/stranger      -               -
                    app/late-stranger -               -
                    """);
        } finally {
            Cluster.scaleOperator(cluster.client, 1);
        }
    }

    private void assertTrafficUndisturbed() {
        TestPod receiver = cluster.pod("app/receiver");
        long before = Stream9000.lines(cluster.client, receiver);
        cluster.assertTable(TABLE);
        Await.until(
                "more lines on the open connection", () -> Stream9000.lines(cluster.client, receiver) > before + 10);
    }

    private void assertPolicyChangesTakeEffect(String name) {
        NetworkPolicy policy = cluster.apply("app", name, """
                podSelector: {matchLabels: {role: server}}
                ingress:
                - from:
                  - podSelector: {matchLabels: {role: stranger}}
                  ports:
                  - {protocol: UDP, port: 8081}
                """);
        try {
            cluster.enforcement.await(policy);
            cluster.assertTable("""
                                 app/server1 app/server2
                    app/friend   TU          TU
                    app/stranger U           U
                    """);
        } finally {
            cluster.withdraw(policy);
        }
        cluster.assertTable(TABLE);
    }
}
