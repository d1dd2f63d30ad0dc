package dev.heddle.cli.flows;

import dev.heddle.crds.live.FlowQuestion;
import dev.heddle.crds.live.FlowVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which records somebody wants to see.
 *
 * @param namespace one end is a pod of it; null for all
 * @param pod one end is this pod of {@code namespace}
 * @param node what this node says; otherwise the pod's own node, or without a pod every node
 * @param seconds records at most this old; 0 for any age
 * @param limit at most so many, the newest; 0 for all
 */
public record Wanted(
        @Nullable String namespace,
        @Nullable String pod,
        @Nullable String node,
        @Nullable FlowVerdict verdict,
        long seconds,
        int limit) {

    /**
     * What a node is asked.
     *
     * @param addresses of the pod
     */
    public FlowQuestion question(List<String> addresses) {
        return new FlowQuestion(namespace, pod, addresses, verdict, seconds, limit);
    }
}
