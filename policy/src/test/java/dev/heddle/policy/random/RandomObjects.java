package dev.heddle.policy.random;

import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import dev.heddle.policy.oracle.ApiOracle;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.text.PolicyYaml;
import dev.heddle.policy.translate.ClusterNetworkPolicyTranslator;
import dev.heddle.policy.translate.NetworkPolicyTranslator;
import dev.heddle.policy.world.World;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Policies of both APIs that are there at the same time. */
public record RandomObjects(
        List<NetworkPolicy> namespaced, List<Map.Entry<String, ClusterNetworkPolicySpec>> clusterWide) {

    public static RandomObjects of(Draw draw, World world) {
        return new RandomObjects(
                new RandomPolicies(draw).in(List.copyOf(world.namespaces().keySet())),
                List.copyOf(new RandomClusterPolicies(draw).some().entrySet()));
    }

    ApiOracle prose() {
        return new ApiOracle(
                namespaced, clusterWide.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    public List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        namespaced.forEach(policy -> rules.addAll(
                NetworkPolicyTranslator.translate(policy, Datapath.TODAY).rules()));
        clusterWide.forEach(policy -> rules.addAll(ClusterNetworkPolicyTranslator.translate(
                        PolicyYaml.meta(policy.getKey()), policy.getValue(), Datapath.TODAY)
                .rules()));
        return rules;
    }

    /** As few objects as still do this. */
    RandomObjects smallest(Predicate<RandomObjects> does) {
        List<NetworkPolicy> fewer = Smallest.of(namespaced, list -> does.test(new RandomObjects(list, clusterWide)));
        return new RandomObjects(fewer, Smallest.of(clusterWide, list -> does.test(new RandomObjects(fewer, list))));
    }

    @Override
    public String toString() {
        return Stream.concat(
                        namespaced.stream().map(policy -> policy.getMetadata().getNamespace() + " " + policy.getSpec()),
                        clusterWide.stream().map(Object::toString))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
