package dev.heddle.operator.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heddle.crds.EnforcementReportStatus;
import dev.heddle.crds.EnforcementReportStatus.FieldProblem;
import dev.heddle.crds.EnforcementReportStatus.PolicyReport;
import dev.heddle.crds.EnforcementReportStatus.State;
import dev.heddle.crds.Failure;
import dev.heddle.operator.index.Note.Reason;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.translate.Translation;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final String NOW = "2026-01-01T00:00:00Z";
    private static final String LATER = "2026-01-01T00:01:00Z";

    private final Cluster cluster = new Cluster()
            .node("node1", true)
            .node("node2", true)
            .pod("shop", "web", "node1")
            .pod("shop", "web", "node2")
            .policy("shop", "allow", 1, "web");

    @Test
    void aPolicyIsEnforcedWhenEveryNodeWithASelectedPodSaysSo() {
        long set = cluster.publish("shop");
        assertThat(only())
                .extracting(PolicyReport::state, PolicyReport::desired)
                .containsExactly(State.PENDING, 2);

        cluster.runs("node1", "shop", set);
        assertThat(only())
                .extracting(PolicyReport::state, PolicyReport::enforced)
                .containsExactly(State.PENDING, 1);
        assertThat(only().waitingFor()).containsExactly("node2");

        cluster.runs("node2", "shop", set);
        assertThat(only())
                .extracting(PolicyReport::state, PolicyReport::enforced)
                .containsExactly(State.ENFORCED, 2);
    }

    @Test
    void aNewGenerationIsPendingUntilTheNodesRunIt() {
        long set = cluster.publish("shop");
        cluster.runs("node1", "shop", set).runs("node2", "shop", set).policy("shop", "allow", 2, "web");
        cluster.publish("shop");

        assertThat(only().state()).isEqualTo(State.PENDING);
    }

    @Test
    void anotherPolicysChangeLeavesItEnforced() {
        long set = cluster.publish("shop");
        cluster.runs("node1", "shop", set).runs("node2", "shop", set).policy("shop", "other", 1, "db");
        cluster.publish("shop");

        assertThat(only().state()).isEqualTo(State.ENFORCED);
    }

    /** As after a restart of the operator: all that it goes by is in the head and in what the nodes say. */
    @Test
    void aNodeThatRunsAnOlderSequenceEnforcesWhatWasInItAndIsStill() {
        long first = cluster.publish("shop");
        cluster.policy("shop", "other", 1, "web");
        long second = cluster.publish("shop");
        cluster.policy("shop", "allow", 2, "web");
        cluster.publish("shop");

        cluster.runs("node1", "shop", second).runs("node2", "shop", first);

        assertThat(status(null, NOW).policies())
                .extracting(PolicyReport::name, PolicyReport::enforced)
                .containsExactly(tuple("allow", 0), tuple("other", 1));
    }

    @Test
    void whatIsNotInTheHeadYetIsEnforcedNowhere() {
        cluster.runs("node1", "shop", cluster.publish("shop")).runs("node2", "shop", 1_000_000);
        cluster.policy("shop", "other", 1, "web");

        assertThat(status(null, NOW).policies())
                .extracting(PolicyReport::name, PolicyReport::enforced)
                .containsExactly(tuple("allow", 2), tuple("other", 0));
    }

    @Test
    void aNodeThatIsNotReadyIsUnreachable() {
        cluster.publish("shop");
        cluster.node("node2", false);

        assertThat(only()).extracting(PolicyReport::unreachable).isEqualTo(1);
    }

    @Test
    void aRejectedPolicyNamesTheFieldAndLeavesTheOthersAlone() {
        Problem problem = new Problem(
                new Origin("NetworkPolicy", "shop", "broken", 1, "spec.ingress[0].from[0].ipBlock.cidr"),
                Problem.Severity.REJECTED,
                "'nonsense' is not a CIDR");
        cluster.policy("shop", "broken", 1, "db", new Translation.Rejected(List.of(problem), List.of()));
        long set = cluster.publish("shop");
        cluster.runs("node1", "shop", set).runs("node2", "shop", set);

        EnforcementReportStatus status = status(null, NOW);
        assertThat(status.policies()).extracting(PolicyReport::state).containsExactly(State.ENFORCED, State.REJECTED);
        assertThat(notes(null))
                .extracting(Note::reason)
                .containsExactly(Reason.Accepted, Reason.Enforced, Reason.Rejected);
        assertThat(notes(null).getLast().message()).startsWith("spec.ingress[0].from[0].ipBlock.cidr: 'nonsense'");
    }

    /** Only a node finds out what does not fit its tables. What one says of an object is the report's and the Event's. */
    @Test
    void whatANodeCannotEnforceIsSaidOfItsObject() {
        String message = "its namespace names more than 512 ranges or 256 ports; name fewer";
        cluster.policy("shop", "small", 1, "web");
        long set = cluster.publish("shop");
        cluster.runs("node1", "shop", set, closed("shop", "allow", 1, message))
                .runs("node2", "shop", set, closed("shop", "allow", 1, message));

        EnforcementReportStatus status = status(null, NOW);
        assertThat(status.policies())
                .extracting(PolicyReport::name, PolicyReport::state, PolicyReport::enforced)
                .containsExactly(tuple("allow", State.REJECTED, 2), tuple("small", State.ENFORCED, 2));
        assertThat(status.policies().getFirst().problems())
                .as("once, though two nodes say it")
                .containsExactly(new FieldProblem("spec", message, Problem.Severity.REJECTED));
        assertThat(status.conditions())
                .extracting(Condition::getType, Condition::getStatus, Condition::getMessage)
                .contains(
                        tuple(
                                "Accepted",
                                "False",
                                "not understood or beyond a limit, and closed for the pods they select: allow"),
                        tuple(
                                "Enforced",
                                "False",
                                "1 of 2 policies are enforced as written; allow is rejected for spec"));
        assertThat(notes(null)).filteredOn(Note::warning).singleElement().satisfies(note -> {
            assertThat(note.reason()).isEqualTo(Reason.Rejected);
            assertThat(note.about().name()).isEqualTo("allow");
            assertThat(note.message()).startsWith("spec: " + message);
        });
    }

    @Test
    void whatANodeSaidOfAnotherObjectOrGenerationIsNotThisOnes() {
        long set = cluster.publish("shop");
        cluster.runs("node1", "shop", set, closed("shop", "other", 1, "no"), closed("cellar", "allow", 1, "no"))
                .runs("node2", "shop", set, closed("shop", "allow", 2, "no"));

        assertThat(only().problems()).isEmpty();
        assertThat(only().state()).isEqualTo(State.ENFORCED);
    }

    private static Failure closed(String namespace, String name, long generation, String message) {
        return new Failure("NetworkPolicy", namespace, name, generation, "spec", message, Problem.Severity.REJECTED);
    }

    @Test
    void aTransitionIsToldOnce() {
        long set = cluster.publish("shop");
        EnforcementReportStatus pending = status(null, NOW);
        assertThat(notes(null)).extracting(Note::reason).containsExactly(Reason.Accepted);

        cluster.runs("node1", "shop", set).runs("node2", "shop", set);
        assertThat(notes(pending))
                .extracting(Note::message)
                .containsExactly("generation 1 is enforced on 2 of 2 nodes: node1, node2");
        assertThat(notes(status(pending, LATER))).isEmpty();
    }

    @Test
    void aPolicyThatIsDeletedAndMadeAgainIsToldAgain() {
        long first = cluster.publish("shop");
        cluster.runs("node1", "shop", first).runs("node2", "shop", first);
        EnforcementReportStatus before = status(null, NOW);

        cluster.recreatedPolicy("shop", "allow", 1, "web");
        long second = cluster.publish("shop");
        assertThat(only().state()).isEqualTo(State.PENDING);
        assertThat(notes(before)).extracting(Note::reason).containsExactly(Reason.Accepted);

        cluster.runs("node1", "shop", second).runs("node2", "shop", second);
        assertThat(only().uid()).isNotEqualTo(before.policies().getFirst().uid());
        assertThat(notes(before)).extracting(Note::reason).containsExactly(Reason.Accepted, Reason.Enforced);
    }

    @Test
    void aRelabelledPodNeedsAPolicyOrDoesNot() {
        cluster.runs("node1", "shop", cluster.publish("shop"));
        assertThat(only().waitingFor()).containsExactly("node2");

        cluster.index.stale().drain();
        cluster.index.put(new PodRecord("shop", "web-node2", Map.of("app", "idle"), "node2"));
        assertThat(cluster.index.stale().drain().reports()).contains("shop");
        assertThat(only())
                .extracting(PolicyReport::state, PolicyReport::desired)
                .containsExactly(State.ENFORCED, 1);

        cluster.index.put(new PodRecord("shop", "web-node2", Map.of("app", "web"), "node2"));
        assertThat(only().waitingFor()).containsExactly("node2");
    }

    @Test
    void aReportThatSaysTheSameIsTheSame() {
        cluster.publish("shop");
        EnforcementReportStatus first = status(null, NOW);

        assertThat(status(first, LATER)).isEqualTo(first);
    }

    private PolicyReport only() {
        return status(null, NOW).policies().getFirst();
    }

    private EnforcementReportStatus status(@Nullable EnforcementReportStatus before, String now) {
        return ReportPlan.status(ReportPlan.standings(cluster.index, "shop"), before, now);
    }

    private List<Note> notes(@Nullable EnforcementReportStatus before) {
        return Transitions.between(before, ReportPlan.standings(cluster.index, "shop"));
    }
}
