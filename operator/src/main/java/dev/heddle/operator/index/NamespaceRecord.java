package dev.heddle.operator.index;

import java.util.Map;

/** What the operator needs of a Namespace. */
public record NamespaceRecord(String name, String uid, Map<String, String> labels) {

    public NamespaceRecord {
        labels = Map.copyOf(labels);
    }
}
