package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Heddle's own processes die, and nobody who sends packets notices. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTest {

    private static final String TABLE = """
                         app/server1 app/server2
            app/friend   TU          TU
            app/stranger -           -
            """;

    private final KubernetesClient client = Cluster.client();
    private final Connections connections = new Connections(client);
    private final Enforcement enforcement = new Enforcement(client);
    private final TestNamespaces namespaces = new TestNamespaces(client, "crash");
    private List<String> nodes = List.of();
    private String app = "";

    @BeforeAll
    void startPods() {
        nodes = Cluster.twoNodes(client);
        app = namespaces.namespace("app");
        namespaces.start(List.of(
                TestPod.serving(app, "server1", nodes.get(0), Map.of("role", "server")),
                TestPod.serving(app, "server2", nodes.get(1), Map.of("role", "server")),
                TestPod.serving(app, "friend", nodes.get(0), Map.of("role", "friend")),
                TestPod.serving(app, "stranger", nodes.get(1), Map.of("role", "stranger")),
                Stream9000.receiver(app, "receiver", nodes.get(0), Map.of("role", "server"))));
        NetworkPolicy policy = namespaces.apply(Policies.networkPolicy(app, "servers", """
                podSelector: {matchLabels: {role: server}}
                ingress:
                - from:
                  - podSelector: {matchLabels: {role: friend}}
                """));
        enforcement.await(policy);
        String receiver = namespaces.pod("app/receiver").address();
        namespaces.start(List.of(Stream9000.sender(app, "sender", nodes.get(0), Map.of("role", "friend"), receiver)));
    }

    @AfterAll
    void removeEverything() {
        namespaces.close();
        client.close();
    }

    @Test
    void killedDaemonDisturbsNoTrafficAndConvergesOnReturn() {
        HeddleProcess daemon = HeddleProcess.daemonOn(client, nodes.get(0));
        daemon.kill();
        assertTrafficUndisturbed();
        Cluster.awaitDaemonReady(client, nodes.get(0));
        assertTrafficUndisturbed();
        assertPolicyChangesTakeEffect("after-daemon");
    }

    @Test
    void killedOperatorDisturbsNoTrafficAndConvergesOnReturn() {
        HeddleProcess.operator(client).kill();
        assertTrafficUndisturbed();
        assertPolicyChangesTakeEffect("after-operator");
    }

    @Test
    void podsStartAndAreProtectedWhileTheOperatorIsDown() {
        Cluster.scaleOperator(client, 0);
        try {
            namespaces.start(List.of(
                    TestPod.serving(app, "late-server", nodes.get(1), Map.of("role", "server")),
                    TestPod.serving(app, "late-stranger", nodes.get(0), Map.of("role", "stranger"))));
            assertTable("""
                                      app/late-server app/server1
                    app/friend        TU              TU
                    app/stranger      -               -
                    app/late-stranger -               -
                    """);
        } finally {
            Cluster.scaleOperator(client, 1);
        }
    }

    private void assertTrafficUndisturbed() {
        TestPod receiver = namespaces.pod("app/receiver");
        long before = Stream9000.lines(client, receiver);
        assertTable(TABLE);
        Await.until("more lines on the open connection", () -> Stream9000.lines(client, receiver) > before + 10);
    }

    private void assertPolicyChangesTakeEffect(String name) {
        NetworkPolicy policy = namespaces.apply(Policies.networkPolicy(app, name, """
                podSelector: {matchLabels: {role: server}}
                ingress:
                - from:
                  - podSelector: {matchLabels: {role: stranger}}
                  ports:
                  - {protocol: UDP, port: 8081}
                """));
        try {
            enforcement.await(policy);
            assertTable("""
                                 app/server1 app/server2
                    app/friend   TU          TU
                    app/stranger U           U
                    """);
        } finally {
            namespaces.delete(policy);
            enforcement.awaitGone(policy);
        }
        assertTable(TABLE);
    }

    private void assertTable(String table) {
        assertThat(Table.parse(namespaces, table).differences(connections)).isEmpty();
    }
}
