package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.EnforcementReportStatus.State;
import dev.heddle.crds.Heddle;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Heddle is taken away from under running pods, and comes back to them. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("it takes Heddle away")
class InstallationTest {

    @RegisterExtension
    final OnCluster cluster = new OnCluster("install");

    private String app = "";

    @BeforeAll
    void startPods() {
        app = cluster.namespace("app");
        cluster.namespaces.start(List.of(
                TestPod.serving(app, "server", cluster.firstNode(), Map.of("role", "server")),
                TestPod.serving(app, "friend", cluster.firstNode(), Map.of("role", "friend")),
                TestPod.serving(app, "stranger", cluster.secondNode(), Map.of("role", "stranger")),
                Stream9000.receiver(app, "receiver1", cluster.firstNode(), Map.of("role", "server")),
                Stream9000.receiver(app, "receiver2", cluster.firstNode(), Map.of("role", "server"))));
    }

    /** Connections that were opened meanwhile are judged too: the allowed one goes on, in both directions. */
    @Test
    void deletingItDetachesEveryNodeAndItsReturnProtectsThePodsThatRun() {
        NetworkPolicy policy = cluster.enforce("app", "server", """
                podSelector: {matchLabels: {role: server}}
                policyTypes: [Ingress, Egress]
                ingress:
                - from:
                  - podSelector: {matchLabels: {role: friend}}
                """);
        Heddle installed = installation();
        cluster.client.resource(installed).delete();
        try {
            Await.until("the installation is gone", () -> daemons() == 0 && notInstalled());
            cluster.namespaces.start(List.of(
                    TestPod.serving(app, "newcomer", cluster.secondNode(), Map.of("role", "stranger")),
                    stream("friend-sender", "friend", "receiver1"),
                    stream("stranger-sender", "stranger", "receiver2")));
            awaitMoreLines("receiver1");
            awaitMoreLines("receiver2");
            cluster.assertTable("""
                                 app/server
                    app/friend   TU
                    app/stranger TU
                    app/newcomer TU
                    """);
            Await.until(
                    "the report no longer says that it is enforced",
                    () -> cluster.enforcement.report(policy).stream()
                            .noneMatch(report -> report.state() == State.ENFORCED));
        } finally {
            cluster.client.resource(afresh(installed)).create();
        }
        Await.until("every node is ready", this::isReady);
        cluster.enforcement.await(policy);
        cluster.assertTable("""
                             app/server
                app/friend   TU
                app/stranger -
                app/newcomer -
                """);
        long denied = lines("receiver2");
        awaitMoreLines("receiver1");
        assertThat(lines("receiver2")).isEqualTo(denied);
        assertThat(daemons()).isEqualTo(cluster.nodes().size());
        cluster.withdraw(policy);
    }

    /** A connection that is opened while nobody looks. */
    private Pod stream(String name, String role, String receiver) {
        String address = cluster.pod("app/" + receiver).address();
        return Stream9000.sender(app, name, cluster.secondNode(), Map.of("role", role), address);
    }

    private void awaitMoreLines(String receiver) {
        long before = lines(receiver);
        Await.until("more lines at " + receiver, () -> lines(receiver) > before + 10);
    }

    private long lines(String receiver) {
        return Stream9000.lines(cluster.client, cluster.pod("app/" + receiver));
    }

    private static Heddle afresh(Heddle installed) {
        Heddle heddle = new Heddle();
        heddle.setMetadata(new ObjectMetaBuilder()
                .withName(installed.getMetadata().getName())
                .build());
        heddle.setSpec(installed.getSpec());
        return heddle;
    }

    private Heddle installation() {
        return cluster.client.resources(Heddle.class).withName("heddle").require();
    }

    private boolean notInstalled() {
        return cluster.client.resources(Heddle.class).withName("heddle").get() == null;
    }

    private int daemons() {
        return Cluster.podsOf(cluster.client, Cluster.DAEMON).size();
    }

    private boolean isReady() {
        Heddle heddle = installation();
        return heddle.getStatus() != null
                && heddle.getStatus().conditions().stream().anyMatch(InstallationTest::isTrulyReady);
    }

    private static boolean isTrulyReady(Condition condition) {
        return condition.getType().equals("Ready") && condition.getStatus().equals("True");
    }
}
