package dev.heddle.operator.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.operator.index.Note.Reason;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Problem.Severity;
import dev.heddle.policy.translate.Translation;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the author of a cluster-wide policy reads. Namespace shop is live and has pods on both nodes; test has none. */
class ClusterPolicyStatusTest {

    private static final String NOW = "2026-01-01T00:00:00Z";
    private static final String LATER = "2026-01-01T00:01:00Z";

    private final Cluster cluster = new Cluster()
            .node("node1", true)
            .node("node2", true)
            .namespace("shop", Map.of("stage", "live"))
            .namespace("lab", Map.of("stage", "test"))
            .pod("shop", "web", "node1")
            .pod("shop", "web", "node2")
            .pod("lab", "web", "node2");

    @Test
    void itIsEnforcedWhenEveryNodeWithASelectedPodSaysSo() {
        cluster.clusterPolicies(cluster.clusterPolicy("guard", 1, "live"));
        long set = cluster.publish("");
        assertThat(told()).containsExactly("Accepted True Accepted", "Enforced False Pending");
        assertThat(message(1)).isEqualTo("enforced on 0 of 2 nodes; waits for node1, node2");

        cluster.runs("node1", "", set);
        assertThat(message(1)).isEqualTo("enforced on 1 of 2 nodes; waits for node2");
        cluster.runs("node2", "", set);
        assertThat(told()).containsExactly("Accepted True Accepted", "Enforced True Enforced");
        assertThat(message(1)).isEqualTo("enforced on 2 of 2 nodes");
    }

    @Test
    void aRelabelledNamespaceIsSelectedOrNot() {
        cluster.clusterPolicies(cluster.clusterPolicy("guard", 1, "test"));
        long set = cluster.publish("");
        cluster.runs("node2", "", set);
        assertThat(message(1)).isEqualTo("enforced on 1 of 1 nodes");

        cluster.index.stale().drain();
        cluster.namespace("shop", Map.of("stage", "test"));
        assertThat(cluster.index.stale().drain().reports()).contains("");
        assertThat(message(1)).isEqualTo("enforced on 1 of 2 nodes; waits for node1");

        cluster.namespace("shop", Map.of()).namespace("lab", Map.of());
        assertThat(told()).containsExactly("Accepted True Accepted", "Enforced True NothingSelected");
        assertThat(message(1)).isEqualTo("enforced on 0 of 0 nodes: it selects no pod that runs");
    }

    @Test
    void aNodeThatIsNotReadyIsUnreachable() {
        cluster.clusterPolicies(cluster.clusterPolicy("guard", 1, "live"));
        cluster.publish("");
        cluster.node("node2", false);

        assertThat(message(1)).isEqualTo("enforced on 0 of 2 nodes; waits for node1, node2 (1 unreachable)");
    }

    @Test
    void aFieldThatIsWrongIsNamedAndLeavesTheOthersAlone() {
        Problem broken = problem("bad", "spec.egress[0].to[0].networks[0]", Severity.REJECTED, "'x' is not a CIDR");
        cluster.clusterPolicies(
                cluster.clusterPolicy("bad", 1, "live", new Translation.Rejected(List.of(broken), List.of())),
                cluster.clusterPolicy("guard", 1, "live"));
        long set = cluster.publish("");
        cluster.runs("node1", "", set).runs("node2", "", set);

        assertThat(told()).containsExactly("Accepted False Rejected", "Enforced False Rejected");
        assertThat(message(0))
                .isEqualTo("not understood or beyond a limit, and closed for the pods that it selects: "
                        + "spec.egress[0].to[0].networks[0]: 'x' is not a CIDR");
        assertThat(told(1)).containsExactly("Accepted True Accepted", "Enforced True Enforced");
        assertThat(Transitions.between(List.of(), standing(0))).singleElement().satisfies(note -> {
            assertThat(note.reason()).isEqualTo(Reason.Rejected);
            assertThat(note.message()).startsWith("spec.egress[0].to[0].networks[0]: 'x' is not a CIDR; ");
        });
    }

    @Test
    void aFieldThatIsNotEnforcedIsNamed() {
        Problem names = problem("names", "spec.egress[0].to[0].domainNames", Severity.NOT_ENFORCED, "not yet");
        cluster.clusterPolicies(
                cluster.clusterPolicy("names", 1, "live", new Translation.Translated(List.of(), List.of(names))));
        long set = cluster.publish("");
        cluster.runs("node1", "", set).runs("node2", "", set);

        assertThat(told()).containsExactly("Accepted True Accepted", "Enforced False PartlyEnforced");
        assertThat(message(1))
                .isEqualTo("enforced on 2 of 2 nodes; not as written: spec.egress[0].to[0].domainNames: not yet");
        assertThat(Transitions.between(List.of(), standing(0)))
                .extracting(Note::reason)
                .containsExactly(Reason.Accepted, Reason.NotEnforced, Reason.Enforced);
    }

    @Test
    void aTransitionIsToldOnceForEachGeneration() {
        cluster.clusterPolicies(cluster.clusterPolicy("guard", 1, "live"));
        long set = cluster.publish("");
        List<Condition> pending = conditions(0, List.of(), NOW);
        cluster.runs("node1", "", set).runs("node2", "", set);
        List<Condition> enforced = conditions(0, pending, LATER);

        assertThat(Transitions.between(pending, standing(0)))
                .extracting(Note::message)
                .containsExactly("generation 1 is enforced on 2 of 2 nodes: node1, node2");
        assertThat(Transitions.between(enforced, standing(0))).isEmpty();
        assertThat(conditions(0, enforced, "2026-01-01T00:02:00Z")).isEqualTo(enforced);

        cluster.clusterPolicies(cluster.clusterPolicy("guard", 2, "live"));
        assertThat(Transitions.between(enforced, standing(0)))
                .extracting(Note::reason)
                .containsExactly(Reason.Accepted);
        assertThat(conditions(0, enforced, LATER))
                .extracting(Condition::getObservedGeneration)
                .containsOnly(2L);
    }

    @Test
    void conditionsOfOthersAreNotOurs() {
        Condition foreign = new ConditionBuilder()
                .withType("example.org/Ready")
                .withStatus("True")
                .build();
        cluster.clusterPolicies(cluster.clusterPolicy("guard", 1, "live"));
        List<Condition> ours = conditions(0, List.of(foreign), NOW);

        assertThat(ours).extracting(Condition::getType).containsExactly("heddle.dev/Accepted", "heddle.dev/Enforced");
        assertThat(ClusterPolicyStatus.replaced(List.of(foreign), ours))
                .hasSize(3)
                .contains(foreign);
        assertThat(ClusterPolicyStatus.ours(List.of(foreign))).isEmpty();
    }

    private static Problem problem(String policy, String field, Severity severity, String message) {
        return new Problem(new Origin("ClusterNetworkPolicy", "", policy, 1, field), severity, message);
    }

    private PolicyStanding standing(int index) {
        return ReportPlan.standings(cluster.index, "").get(index);
    }

    private List<Condition> conditions(int index, List<Condition> before, String now) {
        return ClusterPolicyStatus.conditions(standing(index), before, now);
    }

    private List<String> told() {
        return told(0);
    }

    /** Each condition without its prefix: type, status, reason. */
    private List<String> told(int index) {
        return conditions(index, List.of(), NOW).stream()
                .map(condition -> condition.getType().replace("heddle.dev/", "") + " " + condition.getStatus() + " "
                        + condition.getReason())
                .toList();
    }

    private String message(int condition) {
        return conditions(0, List.of(), NOW).get(condition).getMessage();
    }
}
