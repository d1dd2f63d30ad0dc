package dev.heddle.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.NodeStateStatus;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a NodeState says when a daemon cannot start. */
class StartFailureTest {

    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
    private static final String WHY = "this kernel refuses Heddle's program from_pod; Linux 5.10 or newer is needed";

    @Test
    void whatIsInForceStaysSaid() {
        NodeStateStatus before =
                new NodeStateStatus(4, 9, 8, 17, List.of("shop=8"), 3, List.of(), List.of(), List.of());

        NodeStateStatus after = StartFailure.status(before, 5, WHY, NOW);

        assertThat(after.observedGeneration()).isEqualTo(4);
        assertThat(after.told()).isEqualTo(9);
        assertThat(after.inForce()).isEqualTo(8);
        assertThat(after.revision()).isEqualTo(17);
        assertThat(after.live()).isEqualTo(before.live());
        assertThat(after.endpoints()).isEqualTo(3);
        assertThat(after.conditions()).extracting("type").containsExactly("Ready", "Enforced");
        assertThat(after.conditions()).allSatisfy(condition -> {
            assertThat(condition.getStatus()).isEqualTo("False");
            assertThat(condition.getReason()).isEqualTo("KernelRefuses");
            assertThat(condition.getMessage()).isEqualTo("revision 17 stays in force, and new pods wait: " + WHY);
            assertThat(condition.getObservedGeneration()).isEqualTo(5);
            assertThat(condition.getLastTransitionTime()).isEqualTo("2026-02-03T04:05:06Z");
        });
    }

    @Test
    void aNodeThatNeverEnforcedAnythingSaysSo() {
        assertThat(StartFailure.status(null, 1, WHY, NOW)
                        .conditions()
                        .getFirst()
                        .getMessage())
                .isEqualTo("nothing is in force, and new pods wait: " + WHY);
    }

    @Test
    void sinceWhenIsRemembered() {
        NodeStateStatus before = new NodeStateStatus(
                0,
                0,
                0,
                0,
                List.of(),
                0,
                List.of(),
                List.of(),
                List.of(
                        new ConditionBuilder()
                                .withType("Ready")
                                .withStatus("False")
                                .withLastTransitionTime("2026-01-01T00:00:00Z")
                                .build(),
                        new ConditionBuilder()
                                .withType("Enforced")
                                .withStatus("True")
                                .withLastTransitionTime("2026-01-01T00:00:00Z")
                                .build()));

        assertThat(StartFailure.status(before, 1, WHY, NOW).conditions())
                .extracting("lastTransitionTime")
                .containsExactly("2026-01-01T00:00:00Z", "2026-02-03T04:05:06Z");
    }
}
