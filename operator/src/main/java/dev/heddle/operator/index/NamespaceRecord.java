package dev.heddle.operator.index;

import java.util.Map;

/**
 * What the operator needs of a Namespace.
 *
 * @param ending whether it is being deleted
 */
public record NamespaceRecord(String name, String uid, Map<String, String> labels, boolean ending) {

    public NamespaceRecord {
        labels = Map.copyOf(labels);
    }
}
