package dev.heddle.policy.rule;

import org.jspecify.annotations.Nullable;

/**
 * The pods that a rule is about.
 *
 * @param namespace the namespace they are in; empty when {@code namespaces} selects
 * @param namespaces selects namespaces by their labels; {@code null} is the one namespace
 * @param pods selects pods in these namespaces
 */
public record Subject(String namespace, @Nullable LabelSelector namespaces, LabelSelector pods) {

    public Subject {
        if (namespace.isEmpty() == (namespaces == null)) {
            throw new IllegalArgumentException(
                    "a subject is in one namespace or in selected ones, not '" + namespace + "' and " + namespaces);
        }
    }

    /** Pods of one namespace. */
    public Subject(String namespace, LabelSelector pods) {
        this(namespace, null, pods);
    }

    /** Pods of every namespace that a selector selects. */
    public static Subject acrossNamespaces(LabelSelector namespaces, LabelSelector pods) {
        return new Subject("", namespaces, pods);
    }
}
