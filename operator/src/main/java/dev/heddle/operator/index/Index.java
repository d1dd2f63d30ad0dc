package dev.heddle.operator.index;

import dev.heddle.crds.Api;
import dev.heddle.crds.EnforcementReportStatus;
import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateSpec.Mode;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PolicySource;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything the operator decides from. Owned by one thread; every change marks what it makes
 * {@link #stale}.
 */
public final class Index {

    private final Policies policies = new Policies();
    private final ClusterPolicies clusterPolicies = new ClusterPolicies();
    private final Map<String, Map<String, String>> namespaceLabels = new HashMap<>();
    private final Pods pods = new Pods();
    private final Sets sets = new Sets();
    private final Nodes nodes = new Nodes();
    private final Map<String, EnforcementReportStatus> reports = new HashMap<>();
    private final Stale stale = new Stale();
    private @Nullable Mode mode;

    /** What must be looked at again. */
    public Stale stale() {
        return stale;
    }

    // Policies

    public void put(PolicyRecord policy) {
        if (policies.put(policy)) {
            stale.namespace(policy.namespace());
        }
    }

    public void removePolicy(String namespace, String name) {
        if (policies.remove(namespace, name)) {
            stale.namespace(namespace);
        }
    }

    Collection<PolicyRecord> policies(String namespace) {
        return policies.in(namespace);
    }

    /**
     * These are all cluster-wide policies that there are. Until this is said for the first time, nodes keep the cluster-wide
     * set that they have.
     */
    public void clusterPolicies(Collection<ClusterPolicy> all) {
        if (clusterPolicies.becomesKnown()) {
            stale.namespace(Api.CLUSTER_WIDE);
        }
        for (String gone : clusterPolicies.allBut(all)) {
            clusterPolicies.remove(gone);
            removePolicy(Api.CLUSTER_WIDE, gone);
        }
        for (ClusterPolicy one : all) {
            put(one.policy());
            conditions(one.name(), one.conditions());
        }
    }

    /** What the status of a cluster-wide policy says. */
    public List<Condition> conditions(String clusterPolicy) {
        return clusterPolicies.conditions(clusterPolicy);
    }

    public void conditions(String clusterPolicy, List<Condition> now) {
        if (clusterPolicies.conditions(clusterPolicy, now)) {
            stale.report(Api.CLUSTER_WIDE);
        }
    }

    /** Whether the policies of this namespace, or the cluster-wide ones, are all known. */
    public boolean knowsPolicies(String namespace) {
        return !namespace.equals(Api.CLUSTER_WIDE) || clusterPolicies.known();
    }

    /** The content that the namespace's set should have; empty when it has no policy. */
    public Optional<PolicySetContent> content(String namespace) {
        Collection<PolicyRecord> known = policies.in(namespace);
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(new PolicySetContent(
                        namespace,
                        known.stream().map(PolicyRecord::source).toList(),
                        known.stream()
                                .flatMap(policy -> policy.translation().rules().stream())
                                .toList()));
    }

    // Namespaces and pods

    public void putNamespace(String name, Map<String, String> labels) {
        Map<String, String> copy = Map.copyOf(labels);
        if (!copy.equals(namespaceLabels.put(name, copy))) {
            stale.report(Api.CLUSTER_WIDE);
        }
    }

    public void removeNamespace(String name) {
        if (namespaceLabels.remove(name) != null) {
            stale.report(Api.CLUSTER_WIDE);
        }
    }

    /** The labels of every namespace, by name. */
    Map<String, Map<String, String>> namespaces() {
        return namespaceLabels;
    }

    public void put(PodRecord pod) {
        PodRecord before = pods.put(pod);
        if (pod.equals(before)) {
            return;
        }
        stale.node(pod.node());
        staleReports(pod.namespace());
        if (sets.published(pod.namespace()) == null) {
            // A namespace without policy is published when its first pod is seen.
            stale.namespace(pod.namespace());
        }
        if (before != null) {
            stale.node(before.node());
        }
    }

    public void removePod(String namespace, String name) {
        PodRecord before = pods.remove(namespace, name);
        if (before != null) {
            stale.node(before.node());
            staleReports(namespace);
        }
    }

    /** What is said of a namespace's policies may differ, and of those that may select its pods. */
    private void staleReports(String namespace) {
        stale.report(namespace);
        stale.report(Api.CLUSTER_WIDE);
    }

    private void staleReportsOn(String node) {
        stale.reports(pods.namespacesOn(node));
        stale.report(Api.CLUSTER_WIDE);
    }

    Collection<PodRecord> pods(String namespace) {
        return pods.in(namespace);
    }

    public int podCount() {
        return pods.size();
    }

    // Nodes

    public void put(NodeRecord node) {
        if (nodes.put(node)) {
            stale.node(node.name());
            staleReportsOn(node.name());
        }
    }

    public void removeNode(String name) {
        if (nodes.remove(name)) {
            stale.node(name);
            staleReportsOn(name);
        }
    }

    public @Nullable NodeRecord node(String name) {
        return nodes.get(name);
    }

    public int nodeCount() {
        return nodes.names().size();
    }

    /** Takes a NodeState in, unless a newer version of it is known already. */
    public void put(NodeObject object) {
        NodeObject before = nodes.put(object);
        if (before == null || !before.spec().equals(object.spec())) {
            stale.node(object.name());
        }
        stale.reports(object.news(before));
    }

    public void removeNodeObject(String name, String uid) {
        if (nodes.removeObject(name, uid)) {
            stale.node(name);
        }
    }

    public @Nullable NodeObject nodeObject(String name) {
        return nodes.object(name);
    }

    /** The spec that a node's NodeState should have. Names only sets that exist. */
    public NodeStateSpec desiredSpec(String node) {
        NodeObject observed = nodes.object(node);
        Mode wanted = mode != null
                ? mode
                : observed == null ? Mode.Enforce : observed.spec().mode();
        SortedSet<String> namespaces = pods.namespacesOn(node);
        namespaces.add(Api.CLUSTER_WIDE);
        return NodeStatePlan.desired(
                namespaces,
                namespace -> knowsPolicies(namespace) || observed == null
                        ? published(namespace)
                        : NodeStatePlan.told(observed.spec(), namespace),
                wanted);
    }

    /** Whether a NodeState that says {@code observed} must be written anew; see {@link NodeStatePlan}. */
    public boolean needsWrite(NodeStateSpec desired, NodeStateSpec observed) {
        return NodeStatePlan.needsWrite(desired, observed, this::published);
    }

    /** What all nodes should do; {@code null} leaves each as it is. */
    public void mode(@Nullable Mode wanted) {
        if (wanted != mode) {
            mode = wanted;
            stale.nodes(nodes.names());
        }
    }

    /** The ranges that the node's NodeEndpoints allows; {@code null} when there is none. */
    public @Nullable List<String> endpointRanges(String node) {
        return nodes.ranges(node);
    }

    public void endpointRanges(String node, @Nullable List<String> ranges) {
        if (nodes.ranges(node, ranges)) {
            stale.node(node);
        }
    }

    // Sets

    /** Takes a chunk of a PolicySet in, unless a newer version of it is known already. */
    public void put(SetChunk chunk) {
        if (!chunk.equals(sets.put(chunk))) {
            stale.report(chunk.namespace());
        }
    }

    public void removeSet(String name, String uid) {
        SetChunk removed = sets.remove(name, uid);
        if (removed != null) {
            stale.namespace(removed.namespace());
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
            if (namespace.equals(Api.CLUSTER_WIDE)) {
                stale.nodes(nodes.names());
            }
            pods.in(namespace).forEach(pod -> stale.node(pod.node()));
            nodes.objects().stream()
                    .filter(object -> NodeStatePlan.names(object.spec(), namespace))
                    .forEach(object -> stale.node(object.name()));
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
        for (NodeObject object : nodes.objects()) {
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
            stale.report(namespace);
        }
    }

    public @Nullable EnforcementReportStatus report(String namespace) {
        return reports.get(namespace);
    }
}
