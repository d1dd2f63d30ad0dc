package dev.heddle.operator.scale;

import dev.heddle.operator.scale.Latencies.Took;
import dev.heddle.operator.scale.PolicyChanges.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a run of the rig measured.
 *
 * @param told from the operator's start until the last node knew all its policy sets
 * @param reported the same until every namespace's report said that all is enforced
 * @param idle CPU seconds for each second without changes
 * @param churning the same while pods change
 * @param changing the same while policies change too
 * @param toOperator bytes that the API server sent to the operator for each pod change
 * @param toNode bytes that it sent to one node's daemon for each pod change anywhere in the cluster
 * @param liveHeap MiB of the operator's objects
 * @param peakResident MiB of the operator's memory at its most
 * @param latencies from a policy's change until the last node was told, and until the last has said so
 */
record Figures(
        Duration told,
        Duration reported,
        Shares idle,
        Shares churning,
        Shares changing,
        double changesPerSecond,
        double toOperator,
        double toNode,
        double liveHeap,
        double peakResident,
        Map<Kind, List<Took>> latencies) {

    /** How long each change of this kind took until then, in milliseconds. */
    double[] millis(Kind kind, Function<Took, Duration> until) {
        return latencies.getOrDefault(kind, List.of()).stream()
                .map(until)
                .mapToDouble(took -> took.toNanos() / 1e6)
                .toArray();
    }
}
