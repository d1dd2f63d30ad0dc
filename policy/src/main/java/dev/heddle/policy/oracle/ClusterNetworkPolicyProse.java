package dev.heddle.policy.oracle;

import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.EgressPeer;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.NamespacedPod;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.PolicySubject;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.Port;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.Ports;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.ProtocolMatch;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Protocol;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the API reference of policy.networking.k8s.io/v1alpha2 says. */
final class ClusterNetworkPolicyProse {

    private ClusterNetworkPolicyProse() {}

    /** A rule of either direction; the peers of ingress are peers of egress with fewer fields. */
    private record Written(
            @Nullable String action,
            List<EgressPeer> peers,
            @Nullable List<ProtocolMatch> protocols) {}

    /** Whether a tier allows the flow; empty when it leaves that to the next one. */
    static Optional<Boolean> decision(String tier, Map<String, ClusterNetworkPolicySpec> policies, Flow flow) {
        // "Policies with lower priority values have higher precedence, and are checked before policies with higher
        // priority values in the same tier." "If two (or more) policies in the same tier with the same priority could
        // match a connection, then the implementation can apply any of the matching policies": here by name.
        List<ClusterNetworkPolicySpec> inOrder = policies.entrySet().stream()
                .filter(policy -> tier.equals(policy.getValue().tier()))
                .sorted(Comparator.<Map.Entry<String, ClusterNetworkPolicySpec>>comparingInt(policy ->
                                Objects.requireNonNull(policy.getValue().priority()))
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getValue)
                .toList();
        for (ClusterNetworkPolicySpec policy : inOrder) {
            if (!isSubject(policy.subject(), flow.subject())) {
                continue;
            }
            // "A rule that appears at the top of the ingress rules would take the highest precedence."
            for (Written rule : rules(policy, flow.direction())) {
                boolean broken = rule.peers().stream().anyMatch(ClusterNetworkPolicyProse::hasNoField);
                boolean accept = "Accept".equals(rule.action());
                // "For "Accept" rules, "fail closed" means: "treat the rule as matching no traffic". For "Deny" and
                // "Pass" rules, "fail closed" means: "treat the rule as a 'Deny all' rule"."
                if (broken && !accept) {
                    return Optional.of(false);
                }
                if (!broken && matches(rule, flow)) {
                    // "Pass: Skips all further ClusterNetworkPolicy rules in the current tier for the selected traffic,
                    // and passes evaluation to the next tier."
                    return "Pass".equals(rule.action()) ? Optional.empty() : Optional.of(accept);
                }
            }
        }
        return Optional.empty();
    }

    /** "Namespaces is used to select pods via namespace selectors." */
    private static boolean isSubject(@Nullable PolicySubject subject, Party.Pod pod) {
        PolicySubject given = Objects.requireNonNull(subject);
        return given.namespaces() != null
                ? LabelProse.selects(given.namespaces(), pod.namespaceLabels())
                : selects(Objects.requireNonNull(given.pods()), pod);
    }

    /** "Pods is used to select pods via namespace AND pod selectors." */
    private static boolean selects(NamespacedPod pods, Party.Pod pod) {
        return LabelProse.selects(pods.namespaceSelector(), pod.namespaceLabels())
                && LabelProse.selects(pods.podSelector(), pod.labels());
    }

    private static List<Written> rules(ClusterNetworkPolicySpec policy, Direction direction) {
        // "CNPs with no ingress rules do not affect ingress traffic."
        return switch (direction) {
            case INGRESS ->
                listed(policy.ingress()).stream()
                        .map(rule -> new Written(
                                rule.action(),
                                listed(rule.from()).stream()
                                        .map(peer ->
                                                new EgressPeer(peer.namespaces(), peer.pods(), null, null, null, null))
                                        .toList(),
                                rule.protocols()))
                        .toList();
            case EGRESS ->
                listed(policy.egress()).stream()
                        .map(rule -> new Written(rule.action(), listed(rule.to()), rule.protocols()))
                        .toList();
        };
    }

    /** "If any element matches the source of incoming traffic then the specified action is applied." */
    private static boolean matches(Written rule, Flow flow) {
        // "If unspecified, protocol-specific attributes will not be used to match traffic."
        return rule.peers().stream().anyMatch(peer -> peer(peer, flow.other()))
                && (rule.protocols() == null
                        || rule.protocols().stream().anyMatch(protocol -> protocol(protocol, flow)));
    }

    private static boolean peer(EgressPeer peer, Party other) {
        if (peer.networks() != null) {
            // "cluster-internal traffic will be checked against the rule as well".
            return peer.networks().stream()
                    .anyMatch(network -> Cidr.parse(network).contains(other.address()));
        }
        return switch (other) {
            // "Note that host-networked pods are not included in this type of peer": they have their node's address.
            case Party.Pod pod ->
                (peer.namespaces() != null && LabelProse.selects(peer.namespaces(), pod.namespaceLabels()))
                        || (peer.pods() != null && selects(peer.pods(), pod));
            // "Nodes defines a way to select a set of nodes in the cluster (based on the node's labels)."
            case Party.Node node -> peer.nodes() != null && LabelProse.selects(peer.nodes(), node.labels());
            case Party.Outside outside -> false;
            case Party.Unidentified unidentified -> throw new IllegalArgumentException("prose knows no pending peers");
        };
    }

    /** "If an implementation sees no fields are set then ... it should fail closed." */
    private static boolean hasNoField(EgressPeer peer) {
        return peer.namespaces() == null
                && peer.pods() == null
                && peer.nodes() == null
                && peer.networks() == null
                && peer.domainNames() == null;
    }

    private static boolean protocol(ProtocolMatch match, Flow flow) {
        // "DestinationNamedPort selects a destination port on a pod based on the ContainerPort name."
        return (match.destinationNamedPort() != null && flow.arrivesAt(match.destinationNamedPort()))
                || ports(match.tcp(), Protocol.TCP, flow)
                || ports(match.udp(), Protocol.UDP, flow)
                || ports(match.sctp(), Protocol.SCTP, flow);
    }

    private static boolean ports(@Nullable Ports ports, Protocol protocol, Flow flow) {
        if (ports == null || protocol.number() != flow.protocol()) {
            return false;
        }
        Port port = Objects.requireNonNull(ports.destinationPort());
        if (port.range() == null) {
            return Objects.equals(port.number(), flow.port());
        }
        // "end specifies the last port in the range."
        return Objects.requireNonNull(port.range().start()) <= flow.port()
                && flow.port() <= Objects.requireNonNull(port.range().end());
    }

    private static <T> List<T> listed(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
