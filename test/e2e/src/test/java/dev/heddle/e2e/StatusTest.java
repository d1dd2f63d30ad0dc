package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.heddle.crds.EnforcementReportStatus.State;
import dev.heddle.crds.Heddle;
import dev.heddle.crds.NodeState;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people read: Events of a NetworkPolicy, reports, and the conditions of NodeState and Heddle. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusTest {

    @RegisterExtension
    final OnCluster cluster = new OnCluster("status");

    private String good = "";
    private String odd = "";

    @BeforeAll
    void startPods() {
        good = cluster.namespace("good");
        odd = cluster.namespace("odd");
        cluster.namespaces.start(List.of(
                TestPod.serving(good, "server", cluster.firstNode(), Map.of("app", "server")),
                TestPod.serving(odd, "closed", cluster.firstNode(), Map.of("app", "closed")),
                TestPod.serving(odd, "bystander", cluster.secondNode(), Map.of("app", "bystander")),
                TestPod.serving(odd, "client", cluster.secondNode(), Map.of("app", "client"))));
    }

    @Test
    void anEnforcedPolicySaysSoAndWhere() {
        NetworkPolicy policy = cluster.enforce("good", "closed", "podSelector: {}");
        Await.until(
                "an Event that names the node",
                () -> events(policy).stream()
                        .anyMatch(message -> message.contains(cluster.firstNode()) && message.contains("1 of 1")));
        cluster.withdraw(policy);
    }

    @Test
    void anUnsupportedFieldIsNamedClosesItsOwnSubjectsAndStopsNobodyElse() {
        assertBroken("spec.ingress[0].from[0].podSelector", State.PARTIAL, """
                podSelector: {matchLabels: {app: closed}}
                ingress:
                - from:
                  - podSelector: {matchExpressions: [{key: pod-template-hash, operator: DoesNotExist}]}
                """);
    }

    /**
     * Leading zeros: readers disagree whether they are octal (RFC 6943, 3.1.1). API servers admitted them until
     * StrictIPCIDRValidation and keep what they have; one that refuses the policy itself leaves nothing to test.
     */
    @Test
    void aBadCidrIsNamedClosesItsOwnSubjectsAndStopsNobodyElse() {
        assumeThat(cluster.admits("odd", """
                podSelector: {}
                ingress:
                - from:
                  - ipBlock: {cidr: 010.0.0.0/8}
                """)).isTrue();
        assertBroken("spec.ingress[0].from[0].ipBlock.cidr", State.REJECTED, """
                podSelector: {matchLabels: {app: closed}}
                ingress:
                - from:
                  - ipBlock: {cidr: 010.0.0.0/8}
                """);
    }

    /** The broken policy is said to be so at the field, closes odd/closed alone, and another policy comes into force. */
    private void assertBroken(String field, State state, String spec) {
        NetworkPolicy broken = cluster.apply("odd", "broken", spec);
        NetworkPolicy other = cluster.enforce("good", "open-to-clients", """
                podSelector: {}
                ingress:
                - from:
                  - namespaceSelector: {}
                    podSelector: {matchLabels: {app: client}}
                """);
        Await.until(
                "a report that names the field",
                () -> cluster.enforcement.report(broken).stream()
                        .filter(report -> report.state() == state)
                        .flatMap(report -> report.problems().stream())
                        .anyMatch(problem -> problem.field().startsWith(field)));
        Await.until(
                "an Event that names the field",
                () -> events(broken).stream().anyMatch(message -> message.contains(field)));
        cluster.assertTable("""
                                              odd/closed odd/bystander good/server
                                odd/client    -          TU            TU
                                odd/bystander -          .             -
                                """);
        cluster.namespaces.delete(other);
        cluster.withdraw(broken);
    }

    @Test
    void everyNodeAndTheInstallationAreReady() {
        for (String node : cluster.nodes()) {
            NodeState state =
                    cluster.client.resources(NodeState.class).withName(node).get();
            assertThat(trueConditions(state.getStatus().conditions())).contains("Ready", "Enforced");
        }
        Heddle installation =
                cluster.client.resources(Heddle.class).withName("heddle").get();
        assertThat(trueConditions(installation.getStatus().conditions())).contains("Ready");
        var counts = Objects.requireNonNull(installation.getStatus().nodes());
        assertThat(counts.ready())
                .isEqualTo(counts.desired())
                .isGreaterThanOrEqualTo(cluster.nodes().size());
    }

    private static List<String> trueConditions(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(Condition::getType)
                .toList();
    }

    private List<String> events(NetworkPolicy policy) {
        return cluster
                .client
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
