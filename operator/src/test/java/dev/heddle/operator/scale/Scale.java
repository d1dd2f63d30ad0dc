package dev.heddle.operator.scale;

import java.time.Duration;

/**
 * How big the cluster is and how much happens in it.
 *
 * @param namespaces over which pods and policies are spread evenly
 * @param changesPerSecond how many pods are made or deleted each second, half of each
 * @param idle how long nothing happens
 * @param churn how long only pods change
 * @param policies how many policies there are at first
 * @param policyChanges how many are then created, changed and deleted while pods go on changing, one of the three each half
 *     second
 */
record Scale(
        int nodes,
        int namespaces,
        int pods,
        int policies,
        int changesPerSecond,
        Duration idle,
        Duration churn,
        int policyChanges) {

    /** What runs with every test of the API server's layer. */
    static final Scale SMALL = new Scale(20, 20, 200, 100, 20, Duration.ofSeconds(1), Duration.ofSeconds(3), 6);

    /** Each size by a system property, such as {@code heddle.scale.nodes}. */
    static Scale full() {
        return new Scale(
                Integer.getInteger("heddle.scale.nodes", 1_000),
                Integer.getInteger("heddle.scale.namespaces", 1_000),
                Integer.getInteger("heddle.scale.pods", 30_000),
                Integer.getInteger("heddle.scale.policies", 30_000),
                Integer.getInteger("heddle.scale.changes", 20),
                Duration.ofSeconds(Integer.getInteger("heddle.scale.idle", 30)),
                Duration.ofSeconds(Integer.getInteger("heddle.scale.churn", 120)),
                Integer.getInteger("heddle.scale.policy-changes", 180));
    }
}
