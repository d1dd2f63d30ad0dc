package dev.heddle.policy.random;

import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.EgressPeer;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.EgressRule;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.IngressPeer;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.IngressRule;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.NamespacedPod;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.PolicySubject;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.Port;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.PortRange;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.Ports;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.ProtocolMatch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** ClusterNetworkPolicies about {@link RandomWorld}, of few priorities, and now and then with a peer of a newer version. */
final class RandomClusterPolicies {

    private final Draw draw;

    RandomClusterPolicies(Draw draw) {
        this.draw = draw;
    }

    Map<String, ClusterNetworkPolicySpec> some() {
        Map<String, ClusterNetworkPolicySpec> policies = new TreeMap<>();
        draw.some(4, this::policy).forEach(policy -> policies.put("c" + draw.below(1_000_000_000), policy));
        return policies;
    }

    ClusterNetworkPolicySpec policy() {
        return new ClusterNetworkPolicySpec(
                draw.of("Admin", "Baseline"),
                draw.below(3),
                draw.oneIn(2)
                        ? new PolicySubject(RandomSelectors.namespaces(draw), null, null)
                        : new PolicySubject(null, pods(), null),
                draw.oneIn(4) ? null : draw.some(3, this::ingress),
                draw.oneIn(4) ? null : draw.some(3, this::egress),
                null);
    }

    private IngressRule ingress() {
        return new IngressRule(draw.oneIn(2) ? null : "rule", action(), draw.few(2, this::from), protocols(true), null);
    }

    private EgressRule egress() {
        List<EgressPeer> to = draw.few(2, this::to);
        boolean onlyPods = to.stream().allMatch(peer -> peer.networks() == null && peer.nodes() == null);
        return new EgressRule(null, action(), to, protocols(onlyPods), null);
    }

    private String action() {
        return draw.of("Accept", "Accept", "Deny", "Deny", "Pass");
    }

    private IngressPeer from() {
        return switch (draw.below(20)) {
            case 0 -> new IngressPeer(null, null, null);
            case 1, 2, 3, 4, 5, 6 -> new IngressPeer(RandomSelectors.namespaces(draw), null, null);
            default -> new IngressPeer(null, pods(), null);
        };
    }

    private EgressPeer to() {
        return switch (draw.below(20)) {
            case 0 -> new EgressPeer(null, null, null, null, null, null);
            case 1, 2, 3 -> new EgressPeer(null, null, RandomSelectors.nodes(draw), null, null, null);
            case 4, 5, 6, 7, 8, 9 ->
                new EgressPeer(null, null, null, draw.few(3, () -> RandomSelectors.range(draw)), null, null);
            case 10, 11, 12 -> new EgressPeer(RandomSelectors.namespaces(draw), null, null, null, null, null);
            default -> new EgressPeer(null, pods(), null, null, null, null);
        };
    }

    private NamespacedPod pods() {
        return new NamespacedPod(
                draw.oneIn(2) ? null : RandomSelectors.namespaces(draw), RandomSelectors.pods(draw), null);
    }

    private @Nullable List<ProtocolMatch> protocols(boolean withNames) {
        return draw.oneIn(2) ? null : draw.few(2, () -> protocol(withNames));
    }

    private ProtocolMatch protocol(boolean withNames) {
        if (withNames && draw.oneIn(3)) {
            return new ProtocolMatch(null, null, null, draw.of("web", "dns"), null);
        }
        Port port = draw.oneIn(2)
                ? new Port(draw.of(80, 53, 8080), null, null)
                : new Port(null, new PortRange(draw.of(1, 80, 1024), draw.of(1025, 8082, 65_535), null), null);
        Ports ports = new Ports(port, null);
        return switch (draw.below(3)) {
            case 0 -> new ProtocolMatch(ports, null, null, null, null);
            case 1 -> new ProtocolMatch(null, ports, null, null, null);
            default -> new ProtocolMatch(null, null, ports, null, null);
        };
    }
}
