package dev.heddle.cli.status;

import dev.heddle.crds.EnforcementReportStatus.PolicyReport;
import dev.heddle.crds.HeddleStatus;
import dev.heddle.crds.NodeStateSpec.Mode;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.PolicySource;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server has about enforcement.
 *
 * @param cluster null when only one namespace was asked about
 * @param policies every NetworkPolicy there is, or those of the one namespace
 * @param reports what the operator says of the policies, by namespace
 */
public record StatusFacts(
        @Nullable ClusterFacts cluster, List<PolicyObject> policies, Map<String, List<PolicyReport>> reports) {

    /**
     * What belongs to no namespace.
     *
     * @param installation null when there is no Heddle object
     * @param nodes names of the cluster's nodes
     * @param policies those of the whole cluster
     */
    public record ClusterFacts(
            @Nullable InstallationObject installation,
            List<String> nodes,
            List<NodeObject> states,
            List<ClusterPolicyObject> policies) {}

    /**
     * A ClusterNetworkPolicy.
     *
     * @param enforced Heddle's condition about that; null when it has none yet
     */
    public record ClusterPolicyObject(
            String name, long generation, @Nullable Condition enforced) {}

    /** The Heddle object. */
    public record InstallationObject(
            long generation, @Nullable HeddleStatus status) {}

    /**
     * A NodeState.
     *
     * @param created RFC 3339 time
     */
    public record NodeObject(
            String name,
            long generation,
            String created,
            Mode mode,
            @Nullable NodeStateStatus status) {}

    /** A policy as its author wrote it. */
    public record PolicyObject(String namespace, PolicySource source) {}
}
