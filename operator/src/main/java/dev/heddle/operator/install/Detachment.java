package dev.heddle.operator.install;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import dev.heddle.crds.Heddle;
import dev.heddle.crds.NodeState;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** Which nodes still carry Heddle's programs while it is being uninstalled. */
final class Detachment {

    /** The condition with which a node says that its programs and its CNI configuration are gone. */
    private static final String DETACHED = "Detached";

    /** A daemon that is broken for this long will not detach; its node keeps the last policy until it restarts. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Detachment() {}

    /** Nodes that could detach but have not said so. A node that cannot be reached is not waited for. */
    static Set<String> stillAttached(KubernetesClient client, Heddle heddle, Instant now) {
        if (Instant.parse(heddle.getMetadata().getDeletionTimestamp())
                .plus(PATIENCE)
                .isBefore(now)) {
            return Set.of();
        }
        Set<String> reachable = client.nodes().list().getItems().stream()
                .filter(Detachment::isReady)
                .map(node -> node.getMetadata().getName())
                .collect(toSet());
        return client.resources(NodeState.class).list().getItems().stream()
                // A node without a status never had a daemon.
                .filter(state -> state.getStatus() != null && !isDetached(state))
                .map(state -> state.getMetadata().getName())
                .filter(reachable::contains)
                .collect(toCollection(TreeSet::new));
    }

    private static boolean isDetached(NodeState state) {
        return state.getStatus().conditions().stream()
                .anyMatch(condition -> DETACHED.equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static boolean isReady(Node node) {
        return node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
