package dev.heddle.policy.random;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Valid NetworkPolicies about the labels, ranges and ports of {@link RandomCluster}. */
final class RandomPolicies {

    private final Random random;

    RandomPolicies(Random random) {
        this.random = random;
    }

    List<NetworkPolicy> in(List<String> namespaces) {
        return Stream.generate(() -> namespaces.get(random.nextInt(namespaces.size())))
                .limit(random.nextInt(7))
                .map(this::policy)
                .toList();
    }

    private NetworkPolicy policy(String namespace) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("p" + random.nextInt(1_000_000_000))
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withPodSelector(selector())
                .withPolicyTypes(types())
                .withIngress(some(2, () -> new NetworkPolicyIngressRule(some(2, this::peer), some(2, this::port))))
                .withEgress(some(2, () -> new NetworkPolicyEgressRule(some(2, this::port), some(2, this::peer))))
                .endSpec()
                .build();
    }

    private List<String> types() {
        return switch (random.nextInt(4)) {
            case 0 -> List.of("Ingress");
            case 1 -> List.of("Egress");
            case 2 -> List.of("Ingress", "Egress");
            default -> List.of();
        };
    }

    LabelSelector selector() {
        LabelSelectorBuilder selector = new LabelSelectorBuilder();
        if (random.nextInt(3) == 0) {
            selector.addToMatchLabels(random.nextBoolean() ? "app" : "tier", value());
        }
        if (random.nextInt(4) == 0) {
            selector.addToMatchExpressions(
                    new LabelSelectorRequirement("odd", random.nextBoolean() ? "Exists" : "DoesNotExist", List.of()));
        }
        if (random.nextInt(3) == 0) {
            String key = random.nextBoolean() ? "app" : "tier";
            selector.addToMatchExpressions(new LabelSelectorRequirement(
                    key, random.nextBoolean() ? "In" : "NotIn", List.of(value(), value())));
        }
        return selector.build();
    }

    private NetworkPolicyPeer peer() {
        return switch (random.nextInt(5)) {
            case 0 -> new NetworkPolicyPeer(null, selector(), null);
            case 1 -> new NetworkPolicyPeer(null, null, selector());
            case 2 -> new NetworkPolicyPeer(null, selector(), selector());
            default -> new NetworkPolicyPeer(block(), null, null);
        };
    }

    private IPBlock block() {
        return switch (random.nextInt(6)) {
            case 0 -> new IPBlock("0.0.0.0/0", some(2, () -> pick("10.0.0.0/8", "192.0.2.0/24", "10.244.0.0/16")));
            case 1 -> new IPBlock("10.0.0.0/8", some(2, () -> pick("10.1.0.0/16", "10.244.1.0/24", "10.244.0.8/29")));
            case 2 -> new IPBlock("10.244.0.0/16", some(2, () -> pick("10.244.0.0/24", "10.244.1.16/28")));
            case 3 -> new IPBlock("192.0.2.0/24", some(1, () -> "192.0.2.128/25"));
            case 4 -> new IPBlock(pick("10.244.0.9/32", "8.8.8.8/32", "10.244.1.8/29"), List.of());
            default -> new IPBlock("10.0.0.0/7", List.of());
        };
    }

    private NetworkPolicyPort port() {
        @Nullable String protocol = pick("", "TCP", "UDP", "SCTP");
        protocol = protocol.isEmpty() ? null : protocol;
        return switch (random.nextInt(5)) {
            case 0 -> new NetworkPolicyPort(null, null, protocol);
            case 1 -> new NetworkPolicyPort(null, new IntOrString(pick("web", "dns")), protocol);
            case 2 -> new NetworkPolicyPort(8080 + random.nextInt(3), new IntOrString(8080), protocol);
            case 3 -> new NetworkPolicyPort(65535, new IntOrString(random.nextBoolean() ? 1 : 1024), protocol);
            default -> new NetworkPolicyPort(null, new IntOrString(random.nextBoolean() ? 80 : 53), protocol);
        };
    }

    private String value() {
        return pick("a", "b", "c");
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    private <T> List<T> some(int most, Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(most + 1)).toList();
    }
}
