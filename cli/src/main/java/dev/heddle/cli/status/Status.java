package dev.heddle.cli.status;

import dev.heddle.crds.EnforcementReportStatus.FieldProblem;
import dev.heddle.crds.NodeStateStatus.UnprotectedPod;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code kubectl heddle status}; its JSON is this record.
 *
 * @param enforced whether everything here is
 * @param installation null when only one namespace was asked about, and so are the nodes
 * @param policies sorted by namespace, kind and name
 */
public record Status(
        boolean enforced,
        @Nullable Installation installation,
        @Nullable List<Node> nodes,
        List<Policy> policies) {

    /**
     * The installation.
     *
     * @param ready whether every node's daemon is ready and of the wanted generation
     * @param why what keeps it from being ready; empty when it is
     */
    public record Installation(boolean ready, int readyNodes, int desiredNodes, String why) {}

    /**
     * A node of the cluster.
     *
     * @param enforced whether its kernel runs what the operator wants there, on every pod
     * @param why what keeps it from that; empty when it is enforced
     * @param revision live epoch of the kernel's tables, local to the node
     * @param told the highest sequence of a PolicyHead that it has seen
     * @param inForce all that it was told up to this sequence is in force
     * @param endpoints number of pods under policy
     * @param created RFC 3339 time of the NodeState; empty when there is none
     */
    public record Node(
            String name,
            boolean enforced,
            String why,
            long revision,
            long told,
            long inForce,
            int endpoints,
            String created,
            List<UnprotectedPod> unprotected,
            List<Condition> conditions) {}

    /**
     * A policy at the generation that its author last wrote.
     *
     * @param desired number of nodes with pods that it selects
     * @param enforced number of these nodes that enforce it
     * @param unreachable number of those that do not and whose kubelet is silent too
     * @param waitingFor some of the nodes that do not enforce it yet
     * @param problems fields that are not enforced as written
     * @param message all of this in words, of a ClusterNetworkPolicy, which has no numbers; otherwise null
     */
    public record Policy(
            String kind,
            String namespace,
            String name,
            long generation,
            State state,
            int desired,
            int enforced,
            int unreachable,
            List<String> waitingFor,
            List<FieldProblem> problems,
            @Nullable String message) {}

    /** As the operator reports it, or that it has not reported on this generation at all. */
    public enum State {
        ENFORCED,
        PARTIAL,
        PENDING,
        REJECTED,
        UNREPORTED
    }
}
