package dev.heddle.operator.index;

import java.util.Map;

/**
 * What the operator needs of a pod. Only pods that a policy can govern become records: placed on a node, with
 * a network of their own, and not finished.
 */
public record PodRecord(String namespace, String name, Map<String, String> labels, String node) {

    public PodRecord {
        labels = Map.copyOf(labels);
    }
}
