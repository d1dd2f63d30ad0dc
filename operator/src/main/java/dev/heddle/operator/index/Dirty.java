package dev.heddle.operator.index;

import java.util.SortedSet;

/**
 * What must be looked at again since the last drain.
 *
 * @param namespaces whose PolicyHead may differ
 * @param nodes whose NodeState or NodeEndpoints may differ
 * @param reports namespaces whose report may differ
 */
public record Dirty(SortedSet<String> namespaces, SortedSet<String> nodes, SortedSet<String> reports) {}
