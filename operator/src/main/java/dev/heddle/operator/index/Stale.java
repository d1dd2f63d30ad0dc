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

    /** The namespace's head may differ, and so may its report. */
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

    public Dirty drain() {
        Dirty dirty = new Dirty(namespaces, nodes, reports);
        namespaces = new TreeSet<>();
        nodes = new TreeSet<>();
        reports = new TreeSet<>();
        return dirty;
    }
}
