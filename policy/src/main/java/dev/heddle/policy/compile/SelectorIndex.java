package dev.heddle.policy.compile;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Requirement;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Which peers selectors select: an inverted index by label. Serves every compile for the same peers. */
final class SelectorIndex {

    private final BitSet known = new BitSet();
    private final Map<String, Map<String, Posting>> byLabel = new HashMap<>();
    private final Map<String, Posting> byNamespace = new HashMap<>();
    private final Map<String, Map<String, String>> namespaces;

    /** Without peers. */
    SelectorIndex(Map<String, Map<String, String>> namespaces) {
        this.namespaces = Map.copyOf(namespaces);
    }

    /** Whether namespaces still have the labels that they are selected by. */
    boolean serves(Map<String, Map<String, String>> current) {
        return namespaces.equals(current);
    }

    void add(int peer, Identity identity) {
        known.set(peer);
        byNamespace
                .computeIfAbsent(identity.namespace(), namespace -> new Posting())
                .add(peer);
        identity.labels()
                .forEach((key, value) -> byLabel.computeIfAbsent(key, one -> new HashMap<>())
                        .computeIfAbsent(value, one -> new Posting())
                        .add(peer));
    }

    BitSet inNamespace(String namespace) {
        BitSet selected = new BitSet();
        Posting of = byNamespace.get(namespace);
        if (of != null) {
            of.addTo(selected);
        }
        return selected;
    }

    BitSet inNamespacesMatching(LabelSelector selector) {
        BitSet selected = new BitSet();
        byNamespace.forEach((namespace, peers) -> {
            Map<String, String> labels = namespaces.get(namespace);
            if (labels != null && selector.matches(labels)) {
                peers.addTo(selected);
            }
        });
        return selected;
    }

    BitSet podsMatching(LabelSelector selector) {
        BitSet selected = (BitSet) known.clone();
        for (Requirement requirement : selector.requirements()) {
            switch (requirement.operator()) {
                case IN, EXISTS -> selected.and(having(requirement));
                case NOT_IN, DOES_NOT_EXIST -> selected.andNot(having(requirement));
            }
        }
        return selected;
    }

    /** Those that have the label, with one of the values if there are any. */
    private BitSet having(Requirement requirement) {
        Map<String, Posting> values = byLabel.getOrDefault(requirement.key(), Map.of());
        BitSet having = new BitSet();
        if (requirement.values().isEmpty()) {
            values.values().forEach(peers -> peers.addTo(having));
        }
        for (String value : requirement.values()) {
            Posting peers = values.get(value);
            if (peers != null) {
                peers.addTo(having);
            }
        }
        return having;
    }
}
