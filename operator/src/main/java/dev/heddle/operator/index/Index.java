package dev.heddle.operator.index;

import dev.heddle.crds.EnforcementReportStatus;
import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateSpec.Mode;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PolicySource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything the operator decides from. Owned by one thread; every change marks what it makes stale, and
 * {@link #drain} hands that out once.
 */
public final class Index {

    private final Map<String, TreeMap<String, PolicyRecord>> policies = new HashMap<>();
    private final Pods pods = new Pods();
    private final Sets sets = new Sets();
    private final Map<String, NodeRecord> nodes = new HashMap<>();
    private final Map<String, NodeObject> nodeObjects = new HashMap<>();
    private final Map<String, List<String>> endpointRanges = new HashMap<>();
    private final Map<String, EnforcementReportStatus> reports = new HashMap<>();
    private @Nullable Mode mode;

    private SortedSet<String> dirtyNamespaces = new TreeSet<>();
    private SortedSet<String> dirtyNodes = new TreeSet<>();
    private SortedSet<String> dirtyReports = new TreeSet<>();

    // Policies

    public void put(PolicyRecord policy) {
        PolicyRecord before = policies.computeIfAbsent(policy.namespace(), key -> new TreeMap<>())
                .put(policy.source().name(), policy);
        if (before == null || !before.source().equals(policy.source())) {
            dirtyNamespace(policy.namespace());
        }
    }

    public void removePolicy(String namespace, String name) {
        TreeMap<String, PolicyRecord> known = policies.get(namespace);
        if (known != null && known.remove(name) != null) {
            if (known.isEmpty()) {
                policies.remove(namespace);
            }
            dirtyNamespace(namespace);
        }
    }

    public Collection<PolicyRecord> policies(String namespace) {
        TreeMap<String, PolicyRecord> known = policies.get(namespace);
        return known == null ? List.of() : known.values();
    }

    /** The content that the namespace's set should have; empty when it has no policy. */
    public Optional<PolicySetContent> content(String namespace) {
        Collection<PolicyRecord> known = policies(namespace);
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(new PolicySetContent(
                        namespace,
                        known.stream().map(PolicyRecord::source).toList(),
                        known.stream()
                                .flatMap(policy -> policy.translation().rules().stream())
                                .toList()));
    }

    // Pods

    public void put(PodRecord pod) {
        PodRecord before = pods.put(pod);
        if (pod.equals(before)) {
            return;
        }
        dirtyNodes.add(pod.node());
        dirtyReports.add(pod.namespace());
        dirtyPublication(pod.namespace());
        if (before != null) {
            dirtyNodes.add(before.node());
        }
    }

    public void removePod(String namespace, String name) {
        PodRecord before = pods.remove(namespace, name);
        if (before != null) {
            dirtyNodes.add(before.node());
            dirtyReports.add(namespace);
        }
    }

    Collection<PodRecord> pods(String namespace) {
        return pods.in(namespace);
    }

    public int podCount() {
        return pods.size();
    }

    // Nodes

    public void put(NodeRecord node) {
        if (!node.equals(nodes.put(node.name(), node))) {
            dirtyNodes.add(node.name());
            dirtyReports.addAll(pods.namespacesOn(node.name()));
        }
    }

    public void removeNode(String name) {
        if (nodes.remove(name) != null) {
            dirtyNodes.add(name);
            dirtyReports.addAll(pods.namespacesOn(name));
        }
    }

    public @Nullable NodeRecord node(String name) {
        return nodes.get(name);
    }

    public Collection<NodeRecord> nodes() {
        return nodes.values();
    }

    /** Takes a NodeState in, unless a newer version of it is known already. */
    public void put(NodeObject object) {
        NodeObject before = nodeObjects.get(object.name());
        if (before != null
                && before.uid().equals(object.uid())
                && Versions.older(object.resourceVersion(), before.resourceVersion())) {
            return;
        }
        nodeObjects.put(object.name(), object);
        if (before == null || !before.spec().equals(object.spec())) {
            dirtyNodes.add(object.name());
        }
        if (before == null || !Objects.equals(before.status(), object.status())) {
            dirtyReports.addAll(pods.namespacesOn(object.name()));
        }
    }

    public void removeNodeObject(String name, String uid) {
        NodeObject known = nodeObjects.get(name);
        if (known != null && known.uid().equals(uid)) {
            nodeObjects.remove(name);
            dirtyNodes.add(name);
        }
    }

    public @Nullable NodeObject nodeObject(String name) {
        return nodeObjects.get(name);
    }

    public Collection<NodeObject> nodeObjects() {
        return nodeObjects.values();
    }

    /** The spec that a node's NodeState should have. Names only sets that exist. */
    public NodeStateSpec desiredSpec(String node) {
        NodeObject observed = nodeObjects.get(node);
        Mode wanted = mode != null
                ? mode
                : observed == null ? Mode.Enforce : observed.spec().mode();
        return NodeStatePlan.desired(pods.namespacesOn(node), this::published, wanted);
    }

    /** Whether a NodeState that says {@code observed} must be written anew; see {@link NodeStatePlan}. */
    public boolean needsWrite(NodeStateSpec desired, NodeStateSpec observed) {
        return NodeStatePlan.needsWrite(desired, observed, this::published);
    }

    /** What all nodes should do; {@code null} leaves each as it is. */
    public void mode(@Nullable Mode wanted) {
        if (wanted != mode) {
            mode = wanted;
            dirtyNodes.addAll(nodes.keySet());
        }
    }

    /** The ranges that the node's NodeEndpoints allows; {@code null} when there is none. */
    public @Nullable List<String> endpointRanges(String node) {
        return endpointRanges.get(node);
    }

    public void endpointRanges(String node, @Nullable List<String> ranges) {
        List<String> before = ranges == null ? endpointRanges.remove(node) : endpointRanges.put(node, ranges);
        if (!Objects.equals(before, ranges)) {
            dirtyNodes.add(node);
        }
    }

    // Sets

    public void put(SetChunk chunk) {
        SetChunk before = sets.get(chunk.name());
        if (before != null
                && before.uid().equals(chunk.uid())
                && Versions.older(chunk.resourceVersion(), before.resourceVersion())) {
            return;
        }
        sets.put(chunk);
        if (!chunk.equals(before)) {
            dirtyReports.add(chunk.namespace());
        }
    }

    public void removeSet(String name, String uid) {
        SetChunk removed = sets.remove(name, uid);
        if (removed != null) {
            dirtyNamespaces.add(removed.namespace());
        }
    }

    /** Whether this set exists, whole, and is the newest of its namespace. */
    public boolean isCurrent(String namespace, SetRef ref) {
        return sets.current(namespace, ref);
    }

    /** The highest sequence that a set of this namespace ever had. */
    public long sequence(String namespace) {
        return sets.sequence(namespace);
    }

    /** From now on nodes are told to run this set, which must exist. */
    public void publish(String namespace, SetRef ref) {
        if (!sets.complete(ref)) {
            throw new IllegalStateException("set " + ref + " of namespace " + namespace + " does not exist");
        }
        if (!ref.equals(sets.publish(namespace, ref))) {
            pods.in(namespace).forEach(pod -> dirtyNodes.add(pod.node()));
            nodeObjects.values().stream()
                    .filter(object -> NodeStatePlan.names(object.spec(), namespace))
                    .forEach(object -> dirtyNodes.add(object.name()));
        }
    }

    /** The published set if it still exists; {@code null} before the first one is. */
    @Nullable
    SetRef published(String namespace) {
        SetRef ref = sets.published(namespace);
        return ref != null && sets.complete(ref) ? ref : null;
    }

    Set<PolicySource> sources(String set) {
        return sets.sources(set);
    }

    /** Chunks that no node is told to run, says it runs, or will be told to run. */
    public List<SetChunk> unusedSets() {
        Set<String> used = new HashSet<>();
        for (NodeObject object : nodeObjects.values()) {
            object.spec().sets().forEach(entry -> used.add(entry.set()));
            if (object.status() != null) {
                object.status().live().forEach(entry -> used.add(entry.set()));
            }
        }
        return sets.unused(used);
    }

    // Reports

    public void putReport(String namespace, @Nullable EnforcementReportStatus status) {
        EnforcementReportStatus before = status == null ? reports.remove(namespace) : reports.put(namespace, status);
        if (!Objects.equals(before, status)) {
            dirtyReports.add(namespace);
        }
    }

    public @Nullable EnforcementReportStatus report(String namespace) {
        return reports.get(namespace);
    }

    // What is stale

    public void dirtyNamespace(String namespace) {
        dirtyNamespaces.add(namespace);
        dirtyReports.add(namespace);
    }

    public void dirtyNode(String node) {
        dirtyNodes.add(node);
    }

    public void dirtyReport(String namespace) {
        dirtyReports.add(namespace);
    }

    /** Namespaces without policy are published on the day their first pod is seen. */
    private void dirtyPublication(String namespace) {
        if (sets.published(namespace) == null) {
            dirtyNamespaces.add(namespace);
        }
    }

    /** The namespaces whose sets must be settled first; what that makes stale is in the next {@link #drain}. */
    public SortedSet<String> drainNamespaces() {
        SortedSet<String> drained = dirtyNamespaces;
        dirtyNamespaces = new TreeSet<>();
        return drained;
    }

    public Dirty drain() {
        Dirty dirty = new Dirty(drainNamespaces(), dirtyNodes, dirtyReports);
        dirtyNodes = new TreeSet<>();
        dirtyReports = new TreeSet<>();
        return dirty;
    }
}
