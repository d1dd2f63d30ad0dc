package dev.heddle.policy.oracle;

import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import dev.heddle.policy.rule.Direction;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;

/**
 * Judges flows by reading the policy objects themselves, without translating them: sentence by sentence what the two
 * APIs' prose says. Both ends must be known: prose knows no pending peers.
 *
 * @param namespaced valid NetworkPolicies
 * @param clusterWide ClusterNetworkPolicies by name, valid but for peers without a field that is known
 */
public record ApiOracle(List<NetworkPolicy> namespaced, Map<String, ClusterNetworkPolicySpec> clusterWide) {

    /** Whether a flow may start, as far as its subject's end decides. */
    public boolean allowed(Flow flow) {
        // Said by neither API: the kubelet's probes always come through.
        if (flow.isWithOwnNode() && flow.direction() == Direction.INGRESS) {
            return true;
        }
        // "Policy tiers are evaluated in the following order: * Admin tier * NetworkPolicy tier * Baseline tier"
        return ClusterNetworkPolicyProse.decision("Admin", clusterWide, flow)
                .or(() -> NetworkPolicyProse.decision(namespaced, flow))
                .or(() -> ClusterNetworkPolicyProse.decision("Baseline", clusterWide, flow))
                // "If a given connection wasn't allowed or denied by any of the tiers, the default kubernetes policy is
                // applied, which says that all pods can communicate with each other."
                .orElse(true);
    }
}
