package dev.heddle.operator.index;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Pods by namespace, and which namespaces have pods on a node. */
final class Pods {

    private final Map<String, Map<String, PodRecord>> byNamespace = new HashMap<>();
    private final Map<String, Map<String, Integer>> countByNode = new HashMap<>();

    /** Returns what was known of the pod before. */
    @Nullable
    PodRecord put(PodRecord pod) {
        PodRecord before = byNamespace
                .computeIfAbsent(pod.namespace(), key -> new HashMap<>())
                .put(pod.name(), pod);
        if (before != null) {
            count(before, -1);
        }
        count(pod, 1);
        return before;
    }

    @Nullable
    PodRecord remove(String namespace, String name) {
        Map<String, PodRecord> pods = byNamespace.getOrDefault(namespace, Map.of());
        PodRecord before = pods.isEmpty() ? null : pods.remove(name);
        if (before != null) {
            count(before, -1);
            if (pods.isEmpty()) {
                byNamespace.remove(namespace);
            }
        }
        return before;
    }

    Collection<PodRecord> in(String namespace) {
        return byNamespace.getOrDefault(namespace, Map.of()).values();
    }

    SortedSet<String> namespacesOn(String node) {
        return new TreeSet<>(countByNode.getOrDefault(node, Map.of()).keySet());
    }

    int size() {
        return byNamespace.values().stream().mapToInt(Map::size).sum();
    }

    private void count(PodRecord pod, int by) {
        Map<String, Integer> counts = countByNode.computeIfAbsent(pod.node(), key -> new HashMap<>());
        counts.merge(pod.namespace(), by, (a, b) -> a + b == 0 ? null : a + b);
        if (counts.isEmpty()) {
            countByNode.remove(pod.node());
        }
    }
}
