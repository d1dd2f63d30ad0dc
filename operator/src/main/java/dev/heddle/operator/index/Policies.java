package dev.heddle.operator.index;

import dev.heddle.crds.TranslatedPolicy;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The policies of each namespace, sorted by name. */
final class Policies {

    private final Map<String, TreeMap<String, TranslatedPolicy>> byNamespace = new HashMap<>();

    /** Returns whether this is another policy, or another generation, than was known under the name. */
    boolean put(TranslatedPolicy policy) {
        TranslatedPolicy before = byNamespace
                .computeIfAbsent(policy.namespace(), key -> new TreeMap<>())
                .put(policy.source().name(), policy);
        return before == null || !before.source().equals(policy.source());
    }

    /** Returns whether it was known. */
    boolean remove(String namespace, String name) {
        Map<String, TranslatedPolicy> known = byNamespace.getOrDefault(namespace, new TreeMap<>());
        boolean removed = known.remove(name) != null;
        if (known.isEmpty()) {
            byNamespace.remove(namespace);
        }
        return removed;
    }

    Collection<TranslatedPolicy> in(String namespace) {
        TreeMap<String, TranslatedPolicy> known = byNamespace.get(namespace);
        return known == null ? List.of() : known.values();
    }
}
