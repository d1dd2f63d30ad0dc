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
 * Which policy set applies to which namespace, and which to the whole cluster, as their heads say. A cut is one consistent
 * choice: it moves only when every set that it names is loaded or known to be broken. A namespace whose set is broken keeps the
 * one it had.
 */
public final class Sets {

    /**
     * What a PolicyHead says.
     *
     * @param version grows with every write at the API server; -1 when it is not known
     * @param sequence grows with every change of any namespace's rules
     * @param set name of the set; {@link #NONE} for no policy
     * @param chunks how many objects hold the set; 0 when the head does
     */
    public record Head(long version, long sequence, String set, int chunks) {}

    /** A set that is not loaded yet. */
    public record Missing(String set, int chunks) {}

    /** The name of "this namespace has no policy". */
    public static final String NONE = "";

    /** Stands for a namespace's name: the set that applies to all of them. */
    public static final String CLUSTER_WIDE = "";

    /** Of a version: older than all. */
    private static final long UNKNOWN = -1;

    private static final Enforceable EMPTY = new Enforceable(List.of(), List.of());

    private final Map<String, Enforceable> contents = new HashMap<>(Map.of(NONE, EMPTY));
    private final Map<String, String> broken = new TreeMap<>();
    private final Map<String, Head> heads = new HashMap<>();
    private final Map<String, String> found = new HashMap<>();
    /** At which version the last head that was known ended. */
    private final Map<String, Long> ended = new HashMap<>();
    /** Of which nothing is known any more: what was in force stays until something is. */
    private final Set<String> lost = new HashSet<>();
    /** A watch tells of these, whether they have pods here or not. */
    private Set<String> followed = Set.of();

    private long told;
    private long inForce;
    private Map<String, String> cut = Map.of();
    private Map<String, Long> running = Map.of();

    /** A namespace's head, unless a newer one is known, or its end. @return whether it was not */
    public boolean head(String namespace, Head head) {
        Head known = heads.get(namespace);
        long oldest = known == null ? ended.getOrDefault(namespace, UNKNOWN) + 1 : known.version();
        if (head.version() != UNKNOWN && head.version() < oldest) {
            return false;
        }
        heads.put(namespace, head);
        found.remove(namespace);
        lost.remove(namespace);
        told = Math.max(told, head.sequence());
        return true;
    }

    /** A namespace's head was deleted at this version. What it said stays in force until something else is known. */
    public void headGone(String namespace, long version) {
        Head known = heads.get(namespace);
        if (known != null && (version == UNKNOWN || known.version() <= version)) {
            heads.remove(namespace);
            ended.put(namespace, version);
            lost.add(namespace);
        }
    }

    /**
     * A watch tells of these namespaces from now on, and of no other. What else was told, or is yet by one that ended, counts
     * only for namespaces that have pods here: nobody would say when it does not hold any more.
     */
    public void followed(Set<String> namespaces) {
        followed = Set.copyOf(namespaces);
    }

    /** A namespace's set, made from its policies because it has no head yet. */
    public void found(String namespace, String set) {
        if (!heads.containsKey(namespace)) {
            found.put(namespace, set);
            lost.remove(namespace);
        }
    }

    /** What was found of a namespace that has no head may be out of date: it is not known any more. */
    public void lookAgain(String namespace) {
        if (found.remove(namespace) != null) {
            lost.add(namespace);
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

    public boolean isLoaded(String set) {
        return contents.containsKey(set);
    }

    /** Sets that heads name and that were neither loaded nor found broken. */
    public List<Missing> missing() {
        return heads.values().stream()
                .map(head -> new Missing(head.set(), head.chunks()))
                .distinct()
                .filter(set -> !contents.containsKey(set.set()) && !broken.containsKey(set.set()))
                .toList();
    }

    /** Sets that could not be loaded, with the reason. */
    public Map<String, String> broken() {
        return Map.copyOf(broken);
    }

    /** Whether a head names this set. */
    public boolean names(String set) {
        return heads.values().stream().anyMatch(each -> each.set().equals(set));
    }

    /** The highest sequence of a head that was seen. */
    public long told() {
        return told;
    }

    /** All that was told up to this sequence is in the current cut. */
    public long inForce() {
        return inForce;
    }

    /** Whether the namespace's set is known, or known to be missing for good. */
    public boolean knows(String namespace) {
        return heads.containsKey(namespace) || found.containsKey(namespace);
    }

    /** Whether a namespace has no usable set because that which its head names cannot be loaded. */
    public boolean isBroken(String namespace) {
        Head head = heads.get(namespace);
        return head != null && broken.containsKey(head.set()) && !cut.containsKey(namespace);
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

    /** Namespace to the sequence of the head that the current cut's set is of. */
    public Map<String, Long> running() {
        return running;
    }

    /**
     * Moves to the newest cut if it is whole.
     *
     * @param here namespaces that have pods here: of others nothing is kept that no watch tells of
     * @return whether the cut changed
     */
    boolean advance(Set<String> here) {
        Set<String> kept = new HashSet<>(here);
        kept.addAll(followed);
        heads.keySet().retainAll(kept);
        ended.keySet().retainAll(kept);
        found.keySet().retainAll(here);
        lost.retainAll(here);
        if (!missing().isEmpty()) {
            return false;
        }
        Map<String, String> next = new TreeMap<>();
        Map<String, Long> sequences = new TreeMap<>();
        lost.forEach(namespace -> keep(namespace, next, sequences));
        found.forEach((namespace, set) -> next.put(namespace, set));
        inForce = told;
        heads.forEach((namespace, head) -> {
            if (contents.containsKey(head.set())) {
                next.put(namespace, head.set());
                sequences.put(namespace, head.sequence());
            } else {
                keep(namespace, next, sequences);
                inForce = Math.min(inForce, head.sequence() - 1);
            }
        });
        boolean changed = !next.equals(cut);
        if (changed) {
            next.forEach((namespace, set) -> keepRules(cut.get(namespace), set));
        }
        cut = Map.copyOf(next);
        running = Map.copyOf(sequences);
        Set<String> named = new HashSet<>(cut.values());
        named.add(NONE);
        contents.keySet().retainAll(named);
        broken.keySet().removeIf(set -> !names(set));
        return changed;
    }

    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(); // by namespace, which is nearly their order of evaluation
        new TreeMap<>(cut)
                .forEach((namespace, set) ->
                        rules.addAll(contents.getOrDefault(set, EMPTY).rules()));
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

    /** Rules of a set that are equal to those of the one before it are the very same: a compile knows them by that. */
    private void keepRules(@Nullable String before, String set) {
        Enforceable last = contents.get(before);
        Enforceable now = contents.get(set);
        if (last != null && now != null && !set.equals(before)) {
            contents.put(set, new Enforceable(same(now.rules(), last.rules()), now.problems()));
        }
    }

    /**
     * The list with objects of the other one where they are equal, as far as from the beginning and from the end all are: sets are
     * in the order of their policies, so a policy's change leaves the others there.
     */
    private static List<Rule> same(List<Rule> now, List<Rule> before) {
        List<Rule> rules = new ArrayList<>(now);
        int both = Math.min(now.size(), before.size());
        int head = 0;
        while (head < both && now.get(head).equals(before.get(head))) {
            rules.set(head, before.get(head));
            head++;
        }
        for (int tail = 1; tail <= both - head; tail++) {
            Rule last = before.get(before.size() - tail);
            if (!now.get(now.size() - tail).equals(last)) {
                break;
            }
            rules.set(now.size() - tail, last);
        }
        return rules;
    }

    private void keep(String namespace, Map<String, String> next, Map<String, Long> sequences) {
        if (cut.containsKey(namespace)) {
            next.put(namespace, cut.get(namespace));
        }
        if (running.containsKey(namespace)) {
            sequences.put(namespace, running.get(namespace));
        }
    }
}
