package dev.heddle.operator.index;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** Marks what a change makes stale; every mark is handed out once. */
public final class Stale {

    private SortedSet<String> namespaces = new TreeSet<>();
    private SortedSet<String> nodes = new TreeSet<>();
    private SortedSet<String> reports = new TreeSet<>();

    Stale() {}

    /** The namespace's policy set may differ, and so may its report. */
    public void namespace(String namespace) {
        namespaces.add(namespace);
        reports.add(namespace);
    }

    /** The node's NodeState or NodeEndpoints may differ. */
    public void node(String node) {
        nodes.add(node);
    }

    void nodes(Collection<String> names) {
        nodes.addAll(names);
    }

    /** The namespace's report may differ. */
    public void report(String namespace) {
        reports.add(namespace);
    }

    void reports(Collection<String> ofNamespaces) {
        reports.addAll(ofNamespaces);
    }

    /** The namespaces whose sets must be settled first; what that makes stale is in the next {@link #drain}. */
    public SortedSet<String> drainNamespaces() {
        SortedSet<String> drained = namespaces;
        namespaces = new TreeSet<>();
        return drained;
    }

    public Dirty drain() {
        Dirty dirty = new Dirty(drainNamespaces(), nodes, reports);
        nodes = new TreeSet<>();
        reports = new TreeSet<>();
        return dirty;
    }
}
