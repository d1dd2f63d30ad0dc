package dev.heddle.node.desired;

import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.support.Enforceable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which policy set applies to which namespace, and which to the whole cluster. A cut is one consistent choice: it moves
 * only when every set that it names is loaded or known to be broken. A namespace whose set is broken keeps the one it had.
 */
public final class Sets {

    /** A set that is not loaded yet. */
    public record Missing(String set, int chunks) {}

    /** The name of "this namespace has no policy". */
    public static final String NONE = "";

    /** Stands for a namespace's name: the set that applies to all of them. */
    public static final String CLUSTER_WIDE = "";

    private static final Enforceable EMPTY = new Enforceable(List.of(), List.of());

    private final Map<String, Enforceable> contents = new HashMap<>(Map.of(NONE, EMPTY));
    private final Map<String, String> broken = new TreeMap<>();
    private final Map<String, String> found = new HashMap<>();
    private Map<String, Missing> wanted = Map.of();
    private long wantedGeneration;
    private long generation;
    private Map<String, String> cut = Map.of();

    /** What the node's NodeState says, by namespace. */
    public void wanted(long newGeneration, Map<String, Missing> sets) {
        wantedGeneration = newGeneration;
        wanted = Map.copyOf(sets);
        found.keySet().removeAll(sets.keySet());
    }

    /** A namespace's newest set, looked up because the NodeState does not name the namespace yet. */
    public void found(String namespace, String set) {
        if (!wanted.containsKey(namespace)) {
            found.put(namespace, set);
        }
    }

    /** A set's rules, limited to what the datapath can enforce. */
    public void loaded(String set, Enforceable rules) {
        contents.put(set, rules);
        broken.remove(set);
    }

    public void broken(String set, String why) {
        broken.put(set, why);
    }

    /** Sets that the NodeState names and that were neither loaded nor found broken. */
    public List<Missing> missing() {
        return wanted.values().stream()
                .distinct()
                .filter(set -> !contents.containsKey(set.set()) && !broken.containsKey(set.set()))
                .toList();
    }

    /** Sets that could not be loaded, with the reason. */
    public Map<String, String> broken() {
        return Map.copyOf(broken);
    }

    /** Whether the NodeState names this set. */
    public boolean names(String set) {
        return wanted.values().stream().anyMatch(each -> each.set().equals(set));
    }

    /** The latest generation of the NodeState that was seen. */
    public long wantedGeneration() {
        return wantedGeneration;
    }

    /** Whether the namespace's set is known, or known to be missing for good. */
    public boolean knows(String namespace) {
        return wanted.containsKey(namespace) || found.containsKey(namespace);
    }

    /** Whether a namespace has no usable set because that which the NodeState names cannot be loaded. */
    public boolean isBroken(String namespace) {
        Missing set = wanted.get(namespace);
        return set != null && broken.containsKey(set.set()) && !cut.containsKey(namespace);
    }

    /** The set of a namespace in the cut in force; null when it has none yet. */
    public @Nullable String setOf(String namespace) {
        return cut.get(namespace);
    }

    /** Whether the cut in force has all policies for pods of a namespace: its own, and the cluster's. */
    public boolean decides(String namespace) {
        return cut.containsKey(namespace) && cut.containsKey(CLUSTER_WIDE);
    }

    /** Namespace to set of the current cut. */
    public Map<String, String> cut() {
        return cut;
    }

    /** The generation of the NodeState that the current cut was made from. */
    public long generation() {
        return generation;
    }

    /** Moves to the newest cut if it is whole. @return whether the cut changed */
    boolean advance() {
        if (!missing().isEmpty()) {
            return false;
        }
        Map<String, String> next = new TreeMap<>();
        found.forEach((namespace, set) -> choose(next, namespace, set));
        wanted.forEach((namespace, set) -> choose(next, namespace, set.set()));
        // A NodeState of an older operator does not name it.
        if (!next.containsKey(CLUSTER_WIDE) && cut.containsKey(CLUSTER_WIDE)) {
            next.put(CLUSTER_WIDE, cut.get(CLUSTER_WIDE));
        }
        generation = wantedGeneration;
        boolean changed = !next.equals(cut);
        cut = Map.copyOf(next);
        Set<String> kept = new HashSet<>(cut.values());
        kept.add(NONE);
        found.values().forEach(kept::add);
        contents.keySet().retainAll(kept);
        broken.keySet()
                .retainAll(
                        new TreeSet<>(wanted.values().stream().map(Missing::set).toList()));
        return changed;
    }

    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        new TreeSet<>(cut.values())
                .forEach(set -> rules.addAll(contents.getOrDefault(set, EMPTY).rules()));
        return rules;
    }

    /** Whether a rule of the current cut has nodes as peers. */
    boolean askForNodes() {
        return rules().stream().flatMap(rule -> rule.peers().stream()).anyMatch(Peer.Nodes.class::isInstance);
    }

    /** What of the current cut is not enforced as written. */
    public List<Problem> problems() {
        return new TreeSet<>(cut.values())
                .stream()
                        .flatMap(set -> contents.getOrDefault(set, EMPTY).problems().stream())
                        .toList();
    }

    private void choose(Map<String, String> next, String namespace, String set) {
        if (contents.containsKey(set)) {
            next.put(namespace, set);
        } else if (cut.containsKey(namespace)) {
            next.put(namespace, cut.get(namespace));
        }
    }
}
