package dev.heddle.operator.index;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The conditions of cluster-wide policies, and whether all such policies are known. */
final class ClusterPolicies {

    private final Map<String, List<Condition>> conditions = new HashMap<>();
    private boolean known;

    /** Whether all of them were named once; before, nobody may conclude that there are none. */
    boolean known() {
        return known;
    }

    /** Returns whether this is new. */
    boolean becomesKnown() {
        boolean before = known;
        known = true;
        return !before;
    }

    /** Names of the policies that are not among these. */
    Set<String> allBut(Collection<ClusterPolicy> kept) {
        Set<String> gone = new HashSet<>(conditions.keySet());
        kept.forEach(policy -> gone.remove(policy.name()));
        return gone;
    }

    List<Condition> conditions(String name) {
        return conditions.getOrDefault(name, List.of());
    }

    /** Returns whether they differ from those before. */
    boolean conditions(String name, List<Condition> now) {
        return !now.equals(conditions.put(name, now));
    }

    void remove(String name) {
        conditions.remove(name);
    }
}
