package dev.heddle.policy.random;

import dev.heddle.policy.rule.Cidr;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;

/** Valid NetworkPolicies about {@link RandomWorld}. */
final class RandomPolicies {

    private final Draw draw;

    RandomPolicies(Draw draw) {
        this.draw = draw;
    }

    List<NetworkPolicy> in(List<String> namespaces) {
        return draw.some(6, () -> policy(draw.of(namespaces)));
    }

    private NetworkPolicy policy(String namespace) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("p" + draw.below(1_000_000_000))
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withPodSelector(RandomSelectors.pods(draw))
                .withPolicyTypes(types())
                .withIngress(draw.some(
                        2, () -> new NetworkPolicyIngressRule(draw.some(2, this::peer), draw.some(2, this::port))))
                .withEgress(draw.some(
                        2, () -> new NetworkPolicyEgressRule(draw.some(2, this::port), draw.some(2, this::peer))))
                .endSpec()
                .build();
    }

    private List<String> types() {
        return switch (draw.below(4)) {
            case 0 -> List.of("Ingress");
            case 1 -> List.of("Egress");
            case 2 -> List.of("Ingress", "Egress");
            default -> List.of();
        };
    }

    private NetworkPolicyPeer peer() {
        return switch (draw.below(5)) {
            case 0 -> new NetworkPolicyPeer(null, null, RandomSelectors.pods(draw));
            case 1 -> new NetworkPolicyPeer(null, RandomSelectors.namespaces(draw), null);
            case 2 -> new NetworkPolicyPeer(null, RandomSelectors.namespaces(draw), RandomSelectors.pods(draw));
            default -> new NetworkPolicyPeer(block(), null, null);
        };
    }

    private IPBlock block() {
        String range = RandomSelectors.range(draw);
        Cidr outer = Cidr.parse(range);
        List<String> inside = draw.some(5, () -> RandomSelectors.range(draw)).stream()
                .filter(text -> outer.contains(Cidr.parse(text)) && !outer.equals(Cidr.parse(text)))
                .toList();
        return new IPBlock(range, inside);
    }

    private NetworkPolicyPort port() {
        String protocol = draw.oneIn(4) ? null : draw.of("TCP", "UDP", "SCTP");
        return switch (draw.below(5)) {
            case 0 -> new NetworkPolicyPort(null, null, protocol);
            case 1 -> new NetworkPolicyPort(null, new IntOrString(draw.of("web", "dns")), protocol);
            case 2 -> new NetworkPolicyPort(8080 + draw.below(3), new IntOrString(8080), protocol);
            case 3 -> new NetworkPolicyPort(65535, new IntOrString(draw.of(1, 1024)), protocol);
            default -> new NetworkPolicyPort(null, new IntOrString(draw.of(80, 53)), protocol);
        };
    }
}
