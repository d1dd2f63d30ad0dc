package dev.heddle.e2e;

import dev.heddle.crds.Api;
import dev.heddle.crds.ClusterNetworkPolicy;
import dev.heddle.crds.ClusterNetworkPolicyStatus;
import dev.heddle.crds.EnforcementReport;
import dev.heddle.crds.EnforcementReportStatus.PolicyReport;
import dev.heddle.crds.EnforcementReportStatus.State;
import dev.heddle.crds.LiveHead;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PolicySource;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** What status says. The tests believe it, so that a status which says "enforced" too early fails them. */
final class Enforcement {

    private static final int LOG_LINES = 40;

    private final KubernetesClient client;

    Enforcement(KubernetesClient client) {
        this.client = client;
    }

    /** Waits until the report says that this generation of a policy is enforced on every node that needs it. */
    void await(NetworkPolicy policy) {
        Await.until(
                name(policy) + " is ENFORCED",
                () -> report(policy)
                        .filter(report -> report.state() == State.ENFORCED)
                        .filter(report -> report.isOf(source(policy)))
                        .isPresent(),
                () -> "; its report: " + report(policy) + instead());
    }

    /** Waits until no report speaks of the policy and every node runs its latest state. */
    void awaitGone(NetworkPolicy policy) {
        awaitEverywhere(
                name(policy) + " is gone from its report", () -> report(policy).isEmpty());
    }

    /** Waits until a namespace has no policy any more, and every node runs its latest state. */
    void awaitNoPolicies(String namespace) {
        awaitEverywhere("no policies in " + namespace, () -> policies(namespace).isEmpty());
    }

    /** Waits until the condition says that this generation of a policy is enforced on every node that needs it. */
    void await(ClusterNetworkPolicy policy) {
        String name = policy.getMetadata().getName();
        Await.until(
                name + " has the condition Enforced",
                () -> condition(name, ClusterNetworkPolicyStatus.ENFORCED)
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .filter(condition -> Objects.equals(
                                condition.getObservedGeneration(),
                                policy.getMetadata().getGeneration()))
                        .isPresent(),
                this::instead);
    }

    /** A condition of a cluster-wide policy, when it has it. */
    Optional<Condition> condition(String clusterPolicy, String type) {
        ClusterNetworkPolicy policy = client.resources(ClusterNetworkPolicy.class)
                .withName(clusterPolicy)
                .require();
        return policy.getStatus() == null
                ? Optional.empty()
                : policy.getStatus().conditions().stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst();
    }

    /** Waits until no node runs a cluster-wide policy. */
    void awaitNoClusterPolicies() {
        awaitEverywhere(
                "no cluster-wide policies",
                () -> client.resources(PolicyHead.class)
                        .withName(PolicyHead.CLUSTER)
                        .require()
                        .getSpec()
                        .set()
                        .isEmpty());
    }

    /** The report's entry of a policy, when it has one. */
    Optional<PolicyReport> report(NetworkPolicy policy) {
        return policies(policy.getMetadata().getNamespace()).stream()
                .filter(report -> report.kind().equals("NetworkPolicy"))
                .filter(report -> report.name().equals(policy.getMetadata().getName()))
                .findFirst();
    }

    private List<PolicyReport> policies(String namespace) {
        EnforcementReport report = client.resources(EnforcementReport.class)
                .inNamespace(namespace)
                .withName(EnforcementReport.NAME)
                .get();
        return report == null || report.getStatus() == null
                ? List.of()
                : report.getStatus().policies();
    }

    /** Nodes that run anything else than what the heads say now, and what. */
    private Map<String, List<String>> staleNodes() {
        Set<String> now = client.resources(PolicyHead.class).list().getItems().stream()
                .map(PolicyHead::getSpec)
                .map(head -> new LiveHead(head.namespace(), head.sequence()).toString())
                .collect(Collectors.toSet());
        Map<String, List<String>> stale = new TreeMap<>();
        for (NodeState state : client.resources(NodeState.class).list().getItems()) {
            NodeStateStatus status = state.getStatus();
            List<String> old = status == null || status.sequenceOf(Api.CLUSTER_WIDE) == 0
                    ? List.of("nothing")
                    : status.live().stream().filter(head -> !now.contains(head)).toList();
            if (!old.isEmpty()) {
                stale.put(state.getMetadata().getName(), old);
            }
        }
        return stale;
    }

    /** Waits until the condition holds and every node runs its latest state. */
    private void awaitEverywhere(String what, BooleanSupplier condition) {
        Await.until(what, () -> condition.getAsBoolean() && staleNodes().isEmpty(), this::instead);
    }

    private String instead() {
        Map<String, List<String>> stale = staleNodes();
        return "; nodes that run what no head says: " + stale + "; Heddle's pods: " + Cluster.heddlePods(client)
                + stale.keySet().stream()
                        .map(node -> "; log of " + node + " ends with:\n" + logOf(node))
                        .collect(Collectors.joining());
    }

    private String logOf(String node) {
        List<String> lines = Cluster.daemonLog(client, node);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    /** A policy that was deleted and made again is another one, though its name and generation are the same. */
    private static PolicySource source(NetworkPolicy policy) {
        return new PolicySource(
                "NetworkPolicy",
                policy.getMetadata().getName(),
                policy.getMetadata().getUid(),
                policy.getMetadata().getGeneration());
    }

    private static String name(NetworkPolicy policy) {
        return policy.getMetadata().getNamespace() + "/"
                + policy.getMetadata().getName() + " generation "
                + policy.getMetadata().getGeneration();
    }
}
