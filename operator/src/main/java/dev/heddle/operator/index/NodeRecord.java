package dev.heddle.operator.index;

import java.util.List;

/**
 * What the operator needs of a Node.
 *
 * @param podCidrs the ranges of its pods, {@code spec.podCIDRs}
 * @param ready the Node's own Ready condition: whether its kubelet was heard of lately
 */
public record NodeRecord(String name, String uid, List<String> podCidrs, boolean ready) {

    public NodeRecord {
        podCidrs = List.copyOf(podCidrs);
    }
}
