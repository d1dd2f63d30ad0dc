package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.EnforcementReportStatus.State;
import dev.heddle.crds.Heddle;
import dev.heddle.crds.NodeState;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What people read: Events of a NetworkPolicy, reports, and the conditions of NodeState and Heddle. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusTest {

    private final KubernetesClient client = Cluster.client();
    private final Connections connections = new Connections(client);
    private final Enforcement enforcement = new Enforcement(client);
    private final TestNamespaces namespaces = new TestNamespaces(client, "status");
    private List<String> nodes = List.of();
    private String good = "";
    private String odd = "";

    @BeforeAll
    void startPods() {
        nodes = Cluster.twoNodes(client);
        good = namespaces.namespace("good");
        odd = namespaces.namespace("odd");
        namespaces.start(List.of(
                TestPod.serving(good, "server", nodes.get(0), Map.of("app", "server")),
                TestPod.serving(odd, "closed", nodes.get(0), Map.of("app", "closed")),
                TestPod.serving(odd, "bystander", nodes.get(1), Map.of("app", "bystander")),
                TestPod.serving(odd, "client", nodes.get(1), Map.of("app", "client"))));
    }

    @AfterAll
    void removeEverything() {
        namespaces.close();
        client.close();
    }

    @Test
    void anEnforcedPolicySaysSoAndWhere() {
        NetworkPolicy policy = namespaces.apply(Policies.networkPolicy(good, "closed", "podSelector: {}"));
        enforcement.await(policy);
        Await.until(
                "an Event that names the node",
                () -> events(policy).stream()
                        .anyMatch(message -> message.contains(nodes.get(0)) && message.contains("1 of 1")));
        namespaces.delete(policy);
        enforcement.awaitGone(policy);
    }

    @Test
    void anUnsupportedFieldIsNamedClosesItsOwnSubjectsAndStopsNobodyElse() {
        NetworkPolicy unsupported = namespaces.apply(Policies.networkPolicy(odd, "by-sctp", """
                podSelector: {matchLabels: {app: closed}}
                ingress:
                - from:
                  - podSelector: {}
                  ports:
                  - {protocol: SCTP, port: 8080}
                """));
        NetworkPolicy other = namespaces.apply(Policies.networkPolicy(good, "open-to-clients", """
                podSelector: {}
                ingress:
                - from:
                  - namespaceSelector: {}
                    podSelector: {matchLabels: {app: client}}
                """));
        enforcement.await(other);
        Await.until(
                "a report that names the field",
                () -> enforcement.report(unsupported).stream()
                        .filter(report -> report.state() == State.PARTIAL)
                        .flatMap(report -> report.problems().stream())
                        .anyMatch(problem -> problem.field().startsWith("spec.ingress[0].ports[0]")));
        Await.until(
                "an Event that names the field",
                () -> events(unsupported).stream().anyMatch(message -> message.contains("spec.ingress[0].ports[0]")));
        assertThat(Table.parse(namespaces, """
                                              odd/closed odd/bystander good/server
                                odd/client    -          TU            TU
                                odd/bystander -          .             -
                                """).differences(connections)).isEmpty();
        namespaces.delete(unsupported);
        namespaces.delete(other);
        enforcement.awaitGone(unsupported);
    }

    @Test
    void everyNodeAndTheInstallationAreReady() {
        for (String node : nodes) {
            NodeState state = client.resources(NodeState.class).withName(node).get();
            assertThat(trueConditions(state.getStatus().conditions())).contains("Ready", "Enforced");
        }
        Heddle installation = client.resources(Heddle.class).withName("heddle").get();
        assertThat(trueConditions(installation.getStatus().conditions())).contains("Ready");
        var counts = Objects.requireNonNull(installation.getStatus().nodes());
        assertThat(counts.ready()).isEqualTo(counts.desired()).isGreaterThanOrEqualTo(nodes.size());
    }

    private static List<String> trueConditions(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(Condition::getType)
                .toList();
    }

    private List<String> events(NetworkPolicy policy) {
        return client
                .v1()
                .events()
                .inNamespace(policy.getMetadata().getNamespace())
                .withField("involvedObject.name", policy.getMetadata().getName())
                .list()
                .getItems()
                .stream()
                .map(event -> event.getReason() + ": " + event.getMessage())
                .toList();
    }
}
