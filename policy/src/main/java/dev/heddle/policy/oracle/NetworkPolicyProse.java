package dev.heddle.policy.oracle;

import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Protocol;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.List;
import java.util.Optional;

/** What the Kubernetes documentation ("Network Policies") and the API reference of networking.k8s.io/v1 say. */
final class NetworkPolicyProse {

    private NetworkPolicyProse() {}

    /** Whether the flow is allowed; empty when no policy isolates the subject in this direction. */
    static Optional<Boolean> decision(List<NetworkPolicy> policies, Flow flow) {
        // "A pod is isolated for ingress if there is any NetworkPolicy that both selects the pod and has "Ingress" in
        // its policyTypes"; likewise for egress. "By default, a pod is non-isolated; all connections are allowed."
        List<NetworkPolicySpec> applying = policies.stream()
                .filter(policy -> policy.getMetadata()
                        .getNamespace()
                        .equals(flow.subject().namespace()))
                .map(NetworkPolicy::getSpec)
                .filter(spec ->
                        LabelProse.selects(spec.getPodSelector(), flow.subject().labels()))
                .filter(spec -> hasType(spec, flow.direction()))
                .toList();
        if (applying.isEmpty()) {
            return Optional.empty();
        }
        // "Traffic to and from the node where a Pod is running is always allowed." "The effects of those lists combine
        // additively."
        return Optional.of(flow.isWithOwnNode()
                || applying.stream().anyMatch(spec -> switch (flow.direction()) {
                    case INGRESS ->
                        spec.getIngress().stream()
                                .anyMatch(rule -> peers(rule.getFrom(), flow) && ports(rule.getPorts(), flow));
                    case EGRESS ->
                        spec.getEgress().stream()
                                .anyMatch(rule -> peers(rule.getTo(), flow) && ports(rule.getPorts(), flow));
                }));
    }

    /** "If no policyTypes are specified then by default Ingress will always be set and Egress if it has rules." */
    private static boolean hasType(NetworkPolicySpec spec, Direction direction) {
        if (spec.getPolicyTypes().isEmpty()) {
            return direction == Direction.INGRESS || !spec.getEgress().isEmpty();
        }
        return spec.getPolicyTypes().contains(direction == Direction.INGRESS ? "Ingress" : "Egress");
    }

    /** "If this field is empty or missing, this rule matches all sources." Otherwise the items combine by OR. */
    private static boolean peers(List<NetworkPolicyPeer> peers, Flow flow) {
        return peers.isEmpty() || peers.stream().anyMatch(peer -> peer(peer, flow));
    }

    private static boolean peer(NetworkPolicyPeer peer, Flow flow) {
        if (peer.getIpBlock() != null) {
            return block(peer.getIpBlock(), flow.other().address());
        }
        if (!(flow.other() instanceof Party.Pod pod)) {
            return false;
        }
        // "If namespaceSelector is also set, then podSelector selects in the Namespaces selected by it. Otherwise
        // it selects the Pods in the policy's own namespace."
        boolean namespace = peer.getNamespaceSelector() == null
                ? pod.namespace().equals(flow.subject().namespace())
                : LabelProse.selects(peer.getNamespaceSelector(), pod.namespaceLabels());
        return namespace && LabelProse.selects(peer.getPodSelector(), pod.labels());
    }

    /** "except is a slice of CIDRs that should not be included within an IPBlock." */
    private static boolean block(IPBlock block, Cidr address) {
        return Cidr.parse(block.getCidr()).contains(address)
                && block.getExcept().stream()
                        .noneMatch(except -> Cidr.parse(except).contains(address));
    }

    /** "If this field is empty or missing, this rule matches all ports." */
    private static boolean ports(List<NetworkPolicyPort> ports, Flow flow) {
        return ports.isEmpty() || ports.stream().anyMatch(match -> port(match, flow));
    }

    private static boolean port(NetworkPolicyPort match, Flow flow) {
        // "If not specified, this field defaults to TCP."
        String protocol = match.getProtocol() == null ? "TCP" : match.getProtocol();
        if (Protocol.valueOf(protocol).number() != flow.protocol()) {
            return false;
        }
        // "If this field is not provided, this matches all port names and numbers."
        if (match.getPort() == null) {
            return true;
        }
        // "This can either be a numerical or named port on a pod."
        if (match.getPort().getValue() instanceof String name) {
            return flow.arrivesAt(name);
        }
        // "endPort indicates that the range of ports from port to endPort if set, inclusive, should be allowed".
        int from = match.getPort().getIntVal();
        return from <= flow.port() && flow.port() <= (match.getEndPort() == null ? from : match.getEndPort());
    }
}
