package dev.heddle.policy.compile;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Requirement;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which identities selectors select: an inverted index by label, each distinct selector evaluated once. */
final class SelectorIndex {

    private final int size;
    private final Map<String, Map<String, BitSet>> byLabel = new HashMap<>();
    private final Map<String, BitSet> byNamespace = new HashMap<>();
    private final Map<String, Map<String, String>> namespaces;
    private final Map<LabelSelector, BitSet> podSelections = new HashMap<>();
    private final Map<LabelSelector, BitSet> namespaceSelections = new HashMap<>();

    SelectorIndex(List<Identity> identities, Map<String, Map<String, String>> namespaces) {
        this.size = identities.size();
        this.namespaces = namespaces;
        for (int i = 0; i < size; i++) {
            int index = i;
            Identity identity = identities.get(i);
            byNamespace
                    .computeIfAbsent(identity.namespace(), key -> new BitSet())
                    .set(index);
            identity.labels()
                    .forEach((key, value) -> byLabel.computeIfAbsent(key, k -> new HashMap<>())
                            .computeIfAbsent(value, v -> new BitSet())
                            .set(index));
        }
    }

    /** The identities that are such pods. */
    BitSet select(Peer.Pods pods) {
        BitSet selected = (BitSet)
                podSelections.computeIfAbsent(pods.pods(), this::podsMatching).clone();
        selected.and(
                pods.namespaces() == null
                        ? byNamespace.getOrDefault(pods.ownNamespace(), new BitSet())
                        : namespaceSelections.computeIfAbsent(pods.namespaces(), this::inNamespacesMatching));
        return selected;
    }

    private BitSet inNamespacesMatching(LabelSelector selector) {
        BitSet selected = new BitSet(size);
        byNamespace.forEach((namespace, identities) -> {
            Map<String, String> labels = namespaces.get(namespace);
            if (labels != null && selector.matches(labels)) {
                selected.or(identities);
            }
        });
        return selected;
    }

    private BitSet podsMatching(LabelSelector selector) {
        BitSet selected = new BitSet(size);
        selected.set(0, size);
        selector.requirements().forEach(requirement -> {
            switch (requirement.operator()) {
                case IN, EXISTS -> selected.and(having(requirement));
                case NOT_IN, DOES_NOT_EXIST -> selected.andNot(having(requirement));
            }
        });
        return selected;
    }

    /** Those that have the label, with one of the values if there are any. */
    private BitSet having(Requirement requirement) {
        Map<String, BitSet> values = byLabel.getOrDefault(requirement.key(), Map.of());
        BitSet having = new BitSet(size);
        if (requirement.values().isEmpty()) {
            values.values().forEach(having::or);
        }
        requirement.values().stream().map(values::get).filter(Objects::nonNull).forEach(having::or);
        return having;
    }
}
