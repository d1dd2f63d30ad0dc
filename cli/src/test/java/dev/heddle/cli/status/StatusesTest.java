package dev.heddle.cli.status;

import static dev.heddle.cli.status.Reported.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.status.Status.Policy;
import dev.heddle.crds.EnforcementReportStatus.State;
import dev.heddle.crds.HeddleStatus;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.NodeStateStatus.UnprotectedPod;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatusesTest {

    private static final Condition READY = condition("Ready", "True", "");
    private static final Condition ENFORCED = condition("Enforced", "True", "");

    private static Reported well() {
        return new Reported().node("node1", 5, READY, ENFORCED).policy("shop", "web", 2, State.ENFORCED, List.of());
    }

    @Test
    void allIsEnforced() {
        Status status = Statuses.of(well().facts());

        assertThat(status.enforced()).isTrue();
        assertThat(status.policies()).extracting(Policy::state).containsExactly(Status.State.ENFORCED);
    }

    static List<Arguments> nodesThatDoNotEnforce() {
        return List.of(
                Arguments.of("it has no NodeState yet", well().node("node2")),
                Arguments.of(
                        "its daemon has not reported yet", well().node("node2").state("node2", null)),
                Arguments.of("sequence 5 is not in force yet", well().node("node2", 4, READY, ENFORCED)),
                Arguments.of(
                        "its daemon has not seen generation 5 of its NodeState",
                        well().node("node2")
                                .state(
                                        "node2",
                                        new NodeStateStatus(
                                                4,
                                                5,
                                                5,
                                                7,
                                                List.of(),
                                                3,
                                                List.of(),
                                                List.of(),
                                                List.of(READY, ENFORCED)))),
                Arguments.of(
                        "no revision of this daemon is live yet",
                        well().node("node2", 5, condition("Ready", "False", "no revision of this daemon is live yet"))),
                Arguments.of(
                        "disk is full",
                        well().node("node2", 4, READY, condition("Enforced", "Unknown", "disk is full"))),
                Arguments.of("the condition Enforced is missing", well().node("node2", 5, READY)),
                Arguments.of("Heddle is being removed from it", well().leaving("node2")),
                Arguments.of(
                        "1 pods are not filtered",
                        well().unprotected("node2", new UnprotectedPod("shop", "web", Reported.CREATED, "no device"))));
    }

    @ParameterizedTest
    @MethodSource("nodesThatDoNotEnforce")
    void aNodeThatDoesNotEnforceSaysWhy(String why, Reported reported) {
        Status status = Statuses.of(reported.facts());

        assertThat(status.enforced()).isFalse();
        assertThat(status.nodes()).last().satisfies(node -> {
            assertThat(node.name()).isEqualTo("node2");
            assertThat(node.enforced()).isFalse();
            assertThat(node.why()).isEqualTo(why);
        });
        assertThat(status.policies()).extracting(Policy::state).containsExactly(Status.State.ENFORCED);
    }

    static List<Arguments> installationsThatAreNotReady() {
        return List.of(
                Arguments.of("there is no Heddle object; config/default makes one", well().heddle(null)),
                Arguments.of(
                        "the operator has not reported on the Heddle object yet",
                        well().heddle(new StatusFacts.InstallationObject(1, null))),
                Arguments.of(
                        "the operator has not reported on the Heddle object yet",
                        well().heddle(new StatusFacts.InstallationObject(1, new HeddleStatus(1, null, List.of())))),
                Arguments.of(
                        "generation 2 of the Heddle object is not deployed yet",
                        well().heddle(Reported.installation(2, 1, "True", ""))),
                Arguments.of(
                        "1 of 2 node daemons are ready",
                        well().heddle(Reported.installation(1, 1, "False", "1 of 2 node daemons are ready"))));
    }

    @ParameterizedTest
    @MethodSource("installationsThatAreNotReady")
    void anInstallationThatIsNotReadySaysWhy(String why, Reported reported) {
        Status status = Statuses.of(reported.facts());

        assertThat(status.enforced()).isFalse();
        assertThat(status.installation()).satisfies(installation -> {
            assertThat(installation.ready()).isFalse();
            assertThat(installation.why()).isEqualTo(why);
        });
    }

    static List<Arguments> policiesThatAreNotEnforced() {
        return List.of(
                Arguments.of("PARTIAL", well().policy("shop", "x", 2, State.PARTIAL, List.of())),
                Arguments.of("PENDING", well().policy("shop", "x", 2, State.PENDING, List.of("node2"))),
                Arguments.of("REJECTED", well().policy("shop", "x", 2, State.REJECTED, List.of())),
                Arguments.of("UNREPORTED", well().policy("shop", "x")),
                // A report on what the policy said before says nothing of what it says now.
                Arguments.of("UNREPORTED", well().policy("shop", "x", 1, State.ENFORCED, List.of())),
                Arguments.of("UNREPORTED", well().recreated("shop", "x")));
    }

    @ParameterizedTest
    @MethodSource("policiesThatAreNotEnforced")
    void aPolicyIsEnforcedOnlyIfTheReportOfItsGenerationSaysSo(Status.State state, Reported reported) {
        for (StatusFacts facts : List.of(reported.facts(), reported.namespaceFacts())) {
            Status status = Statuses.of(facts);

            assertThat(status.enforced()).isFalse();
            assertThat(status.policies()).extracting(Policy::state).containsExactly(Status.State.ENFORCED, state);
        }
    }

    @Test
    void aReportOfAPolicyThatIsGoneIsNotListed() {
        StatusFacts facts = new Reported()
                .policy("shop", "gone", 2, State.PENDING, List.of("node1"))
                .facts();

        assertThat(Statuses.of(new StatusFacts(facts.cluster(), List.of(), facts.reports()))
                        .policies())
                .isEmpty();
    }
}
