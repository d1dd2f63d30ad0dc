package dev.heddle.node.report;

import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.StatusPatch;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the NodeState why a daemon cannot start. What an earlier one said is in force stays said: it is in force. */
public final class StartFailure {

    private static final Logger LOG = LoggerFactory.getLogger(StartFailure.class);
    private static final List<String> TYPES = List.of("Ready", "Enforced");

    private StartFailure() {}

    /** Writes it once; the daemon that is started next tries again. */
    public static void report(KubernetesClient client, String node, String why) {
        try {
            NodeState found = client.resources(NodeState.class).withName(node).get();
            if (found == null) {
                LOG.warn("there is no NodeState {} yet that could say why this daemon cannot start", node);
                return;
            }
            StatusPatch.write(
                    client,
                    NodeState.class,
                    node,
                    status(found.getStatus(), found.getMetadata().getGeneration(), why, Instant.now()));
        } catch (KubernetesClientException e) {
            LOG.warn("NodeState {} could not be told why this daemon cannot start: {}", node, e.getMessage());
        }
    }

    static NodeStateStatus status(@Nullable NodeStateStatus before, long generation, String why, Instant now) {
        NodeStateStatus known = before == null ? NodeStateStatus.NOTHING : before;
        String kept =
                known.revision() == 0 ? "nothing is in force" : "revision " + known.revision() + " stays in force";
        return new NodeStateStatus(
                known.observedGeneration(),
                known.told(),
                known.inForce(),
                known.revision(),
                known.live(),
                known.endpoints(),
                known.unprotected(),
                known.failures(),
                TYPES.stream()
                        .map(type -> condition(known, type, generation, kept + ", and new pods wait: " + why, now))
                        .toList());
    }

    private static Condition condition(
            NodeStateStatus known, String type, long generation, String message, Instant now) {
        String since = known.conditions().stream()
                .filter(condition -> condition.getType().equals(type)
                        && condition.getStatus().equals("False"))
                .map(Condition::getLastTransitionTime)
                .findFirst()
                .orElse(now.truncatedTo(ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(type)
                .withStatus("False")
                .withReason("KernelRefuses")
                .withMessage(message)
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }
}
