package dev.heddle.operator.index;

import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateSpec.Mode;
import dev.heddle.crds.NodeStateSpec.NamespaceSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a NodeState should say, and whether it is worth a write. */
final class NodeStatePlan {

    private NodeStatePlan() {}

    /**
     * One entry for each namespace on the node, sorted. A namespace whose set is not known yet is left out: the
     * daemon must not take that for "no policy".
     */
    static NodeStateSpec desired(
            SortedSet<String> namespaces, Function<String, @Nullable SetRef> published, Mode mode) {
        List<NamespaceSet> sets = new ArrayList<>();
        for (String namespace : namespaces) {
            SetRef ref = published.apply(namespace);
            if (ref != null) {
                sets.add(new NamespaceSet(namespace, ref.set(), ref.chunks()));
            }
        }
        return new NodeStateSpec(mode, sets);
    }

    /**
     * Whether the observed spec must be replaced. A namespace that has left the node alone is no reason, as long
     * as its entry still names the current set: otherwise every last pod of a namespace would cost a write.
     */
    static boolean needsWrite(
            NodeStateSpec desired, NodeStateSpec observed, Function<String, @Nullable SetRef> published) {
        Map<String, NamespaceSet> present = new HashMap<>();
        observed.sets().forEach(entry -> present.put(entry.namespace(), entry));
        boolean twice = present.size() < observed.sets().size(); // not ours
        if (twice || desired.mode() != observed.mode()) {
            return true;
        }
        for (NamespaceSet wanted : desired.sets()) {
            if (!wanted.equals(present.remove(wanted.namespace()))) {
                return true;
            }
        }
        return present.values().stream()
                .anyMatch(left -> !new SetRef(left.set(), left.chunks()).equals(published.apply(left.namespace())));
    }

    /** The set that a node was told to run for a namespace. */
    static @Nullable SetRef told(NodeStateSpec spec, String namespace) {
        return spec.sets().stream()
                .filter(entry -> entry.namespace().equals(namespace))
                .map(entry -> new SetRef(entry.set(), entry.chunks()))
                .findFirst()
                .orElse(null);
    }

    static boolean names(NodeStateSpec spec, String namespace) {
        return spec.sets().stream().anyMatch(entry -> entry.namespace().equals(namespace));
    }
}
