package dev.heddle.operator.index;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The nodes, and what the API server has about each: its NodeState, and the ranges of its NodeEndpoints. */
final class Nodes {

    private final Map<String, NodeRecord> nodes = new HashMap<>();
    private final Map<String, NodeObject> objects = new HashMap<>();
    private final Map<String, List<String>> ranges = new HashMap<>();

    /** Returns whether something about the node is new. */
    boolean put(NodeRecord node) {
        return !node.equals(nodes.put(node.name(), node));
    }

    boolean remove(String name) {
        return nodes.remove(name) != null;
    }

    @Nullable
    NodeRecord get(String name) {
        return nodes.get(name);
    }

    Collection<String> names() {
        return nodes.keySet();
    }

    /** Takes a NodeState in and returns the version before it; itself when a newer version is known already. */
    @Nullable
    NodeObject put(NodeObject object) {
        NodeObject before = objects.get(object.name());
        if (before != null
                && before.uid().equals(object.uid())
                && Versions.older(object.resourceVersion(), before.resourceVersion())) {
            return object;
        }
        return objects.put(object.name(), object);
    }

    /** Forgets a NodeState, unless it was created anew meanwhile. */
    boolean removeObject(String name, String uid) {
        NodeObject known = objects.get(name);
        return known != null && known.uid().equals(uid) && objects.remove(name) != null;
    }

    @Nullable
    NodeObject object(String name) {
        return objects.get(name);
    }

    Collection<NodeObject> objects() {
        return objects.values();
    }

    @Nullable
    List<String> ranges(String node) {
        return ranges.get(node);
    }

    /** Returns whether these ranges are new; {@code null} when the node has no NodeEndpoints. */
    boolean ranges(String node, @Nullable List<String> allowed) {
        List<String> before = allowed == null ? ranges.remove(node) : ranges.put(node, allowed);
        return !Objects.equals(before, allowed);
    }
}
