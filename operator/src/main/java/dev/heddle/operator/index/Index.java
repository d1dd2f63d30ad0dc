package dev.heddle.operator.index;

import dev.heddle.crds.Api;
import dev.heddle.crds.EnforcementReportStatus;
import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateSpec.Mode;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PolicySource;
import dev.heddle.crds.TranslatedPolicy;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything the operator decides from. Owned by one thread; every change marks what it makes
 * {@link #stale}.
 */
public final class Index {

    private final Policies policies = new Policies();
    private final ClusterPolicies clusterPolicies = new ClusterPolicies();
    private final Map<String, NamespaceRecord> namespaces = new HashMap<>();
    private final Pods pods = new Pods();
    private final Heads heads = new Heads();
    /** By namespace: the sets that are being written for it. */
    private final Map<String, String> announced = new HashMap<>();

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

    public void put(TranslatedPolicy policy) {
        if (policies.put(policy)) {
            stale.namespace(policy.namespace());
        }
    }

    public void removePolicy(String namespace, String name) {
        if (policies.remove(namespace, name)) {
            stale.namespace(namespace);
        }
    }

    Collection<TranslatedPolicy> policies(String namespace) {
        return policies.in(namespace);
    }

    /**
     * These are all cluster-wide policies that there are. Until this is said for the first time, the cluster-wide head stays as
     * it is.
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

    /** What the namespace's head should hold. */
    public PolicySetContent content(String namespace) {
        return PolicySetContent.of(namespace, policies.in(namespace));
    }

    // Namespaces and pods

    public void put(NamespaceRecord namespace) {
        NamespaceRecord before = namespaces.put(namespace.name(), namespace);
        if (before == null || !before.uid().equals(namespace.uid())) {
            stale.namespace(namespace.name()); // it has no head yet
        }
        if (!namespace.equals(before)) {
            stale.report(Api.CLUSTER_WIDE);
        }
    }

    public void removeNamespace(String name) {
        announced.remove(name);
        if (namespaces.remove(name) != null) {
            stale.report(Api.CLUSTER_WIDE);
        }
    }

    public @Nullable NamespaceRecord namespace(String name) {
        return namespaces.get(name);
    }

    Collection<NamespaceRecord> namespaces() {
        return namespaces.values();
    }

    public void put(PodRecord pod) {
        PodRecord before = pods.put(pod);
        if (pod.equals(before)) {
            return;
        }
        staleReports(pod.namespace());
    }

    public void removePod(String namespace, String name) {
        PodRecord before = pods.remove(namespace, name);
        if (before != null) {
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

    /** The spec that a node's NodeState should have. */
    public NodeStateSpec desiredSpec(String node) {
        NodeObject observed = nodes.object(node);
        return new NodeStateSpec(
                mode != null
                        ? mode
                        : observed == null ? Mode.Enforce : observed.spec().mode());
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

    // Heads and sets

    /** The namespace's next head will name this set: from now on it is in use. */
    public void announce(String namespace, String set) {
        announced.put(namespace, set);
    }

    /** Takes a PolicyHead in, unless a newer version of it is known already. */
    public void put(HeadObject head) {
        announced.remove(head.namespace(), head.says().set());
        if (!head.equals(heads.put(head))) {
            stale.namespace(head.namespace());
        }
    }

    public void removeHead(String namespace, String uid) {
        if (heads.remove(namespace, uid)) {
            stale.namespace(namespace);
        }
    }

    public @Nullable HeadObject head(String namespace) {
        return heads.get(namespace);
    }

    /** Whether everybody can read the rules of this head. */
    public boolean isWhole(HeadObject head) {
        return head.says().sound()
                && (head.says().chunks() == 0
                        || sets.complete(head.says().set(), head.says().chunks()));
    }

    /** The sequence of the next head. Each is given once. */
    public long nextSequence() {
        return heads.nextSequence();
    }

    /**
     * The objects that the namespace's head was made from, each with the sequence from which on its present generation is in
     * it: a node that runs this sequence, or a later one, enforces the object.
     */
    public Map<PolicySource, Long> since(String namespace) {
        HeadObject head = heads.get(namespace);
        if (head == null || head.says().set().isEmpty()) {
            return Map.of();
        }
        HeadSummary says = head.says();
        List<PolicySource> sources = says.chunks() == 0 ? says.sources() : sets.sources(says.set());
        if (sources.size() != says.since().size()) {
            return Map.of();
        }
        Map<PolicySource, Long> since = new HashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            since.put(sources.get(i), says.since().get(i));
        }
        return since;
    }

    /** Takes a chunk of a PolicySet in, unless a newer version of it is known already. */
    public void put(SetChunk chunk) {
        sets.put(chunk);
    }

    public void removeSet(String name, String uid) {
        SetChunk removed = sets.remove(name, uid);
        if (removed != null) {
            stale.namespace(removed.namespace());
        }
    }

    /** Chunks that no head names or is about to name. What a node runs it has on its disk. */
    public List<SetChunk> unusedSets() {
        return sets.unused(set -> heads.name(set) || announced.containsValue(set));
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
