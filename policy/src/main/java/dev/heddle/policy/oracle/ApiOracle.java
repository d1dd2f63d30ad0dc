package dev.heddle.policy.oracle;

import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Protocol;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges flows by reading valid NetworkPolicy objects themselves, without translating them: sentence by sentence
 * what the Kubernetes documentation ("Network Policies") and the API reference of networking.k8s.io/v1 say.
 */
public final class ApiOracle {

    private ApiOracle() {}

    /** Whether a flow may start at one end, in the direction seen from the pod. */
    public static boolean allowed(
            List<NetworkPolicy> policies,
            Party.Pod pod,
            Direction direction,
            Party other,
            Protocol protocol,
            int port) {
        // "A pod is isolated for ingress if there is any NetworkPolicy that both selects the pod and has
        // "Ingress" in its policyTypes"; likewise for egress.
        List<NetworkPolicySpec> applying = policies.stream()
                .filter(policy -> policy.getMetadata().getNamespace().equals(pod.namespace()))
                .map(NetworkPolicy::getSpec)
                .filter(spec -> selects(spec.getPodSelector(), pod.labels()))
                .filter(spec -> hasType(spec, direction))
                .toList();
        // "By default, a pod is non-isolated; all connections are allowed." "Traffic to and from the node where
        // a Pod is running is always allowed."
        if (applying.isEmpty() || (other instanceof Party.Node node && node.own())) {
            return true;
        }
        // "The effects of those lists combine additively."
        return applying.stream().anyMatch(spec -> switch (direction) {
            case INGRESS ->
                spec.getIngress().stream()
                        .anyMatch(rule ->
                                peers(rule.getFrom(), pod, other) && ports(rule.getPorts(), protocol, port, pod));
            case EGRESS ->
                spec.getEgress().stream()
                        .anyMatch(rule ->
                                peers(rule.getTo(), pod, other) && ports(rule.getPorts(), protocol, port, other));
        });
    }

    /** "If no policyTypes are specified then by default Ingress will always be set and Egress if it has rules." */
    private static boolean hasType(NetworkPolicySpec spec, Direction direction) {
        if (spec.getPolicyTypes().isEmpty()) {
            return direction == Direction.INGRESS || !spec.getEgress().isEmpty();
        }
        return spec.getPolicyTypes().contains(direction == Direction.INGRESS ? "Ingress" : "Egress");
    }

    /** "If this field is empty or missing, this rule matches all sources." Otherwise the items combine by OR. */
    private static boolean peers(List<NetworkPolicyPeer> peers, Party.Pod own, Party other) {
        return peers.isEmpty() || peers.stream().anyMatch(peer -> peer(peer, own, other));
    }

    private static boolean peer(NetworkPolicyPeer peer, Party.Pod own, Party other) {
        if (peer.getIpBlock() != null) {
            return block(peer.getIpBlock(), other);
        }
        if (!(other instanceof Party.Pod pod)) {
            return false;
        }
        // "If namespaceSelector is also set, then podSelector selects in the Namespaces selected by it. Otherwise
        // it selects the Pods in the policy's own namespace."
        boolean namespace = peer.getNamespaceSelector() == null
                ? pod.namespace().equals(own.namespace())
                : selects(peer.getNamespaceSelector(), pod.namespaceLabels());
        return namespace && selects(peer.getPodSelector(), pod.labels());
    }

    private static boolean block(IPBlock block, Party other) {
        return Cidr.parse(block.getCidr()).contains(other.address())
                && block.getExcept().stream()
                        .noneMatch(except -> Cidr.parse(except).contains(other.address()));
    }

    /** "If this field is empty or missing, this rule matches all ports." */
    private static boolean ports(List<NetworkPolicyPort> ports, Protocol protocol, int port, Party end) {
        return ports.isEmpty() || ports.stream().anyMatch(match -> port(match, protocol, port, end));
    }

    private static boolean port(NetworkPolicyPort match, Protocol protocol, int port, Party end) {
        // "If not specified, this field defaults to TCP."
        if (!(match.getProtocol() == null ? "TCP" : match.getProtocol()).equals(protocol.name())) {
            return false;
        }
        // "If this field is not provided, this matches all port names and numbers."
        if (match.getPort() == null) {
            return true;
        }
        if (match.getPort().getValue() instanceof String name) {
            return end instanceof Party.Pod pod && pod.ports().contains(new NamedPort(name, protocol, port));
        }
        int from = match.getPort().getIntVal();
        return from <= port && port <= (match.getEndPort() == null ? from : match.getEndPort());
    }

    /** metav1.LabelSelector: "matchLabels and matchExpressions are ANDed. An empty selector matches all." */
    private static boolean selects(@Nullable LabelSelector selector, Map<String, String> labels) {
        return selector == null
                || (labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
                        && selector.getMatchExpressions().stream().allMatch(expression -> {
                            String value = labels.get(expression.getKey());
                            return switch (expression.getOperator()) {
                                case "In" ->
                                    value != null && expression.getValues().contains(value);
                                case "NotIn" ->
                                    value == null || !expression.getValues().contains(value);
                                case "Exists" -> value != null;
                                case "DoesNotExist" -> value == null;
                                default -> throw new IllegalStateException("not a valid policy: " + expression);
                            };
                        }));
    }
}
