package dev.heddle.policy.prose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import dev.heddle.policy.oracle.ApiOracle;
import dev.heddle.policy.oracle.Flow;
import dev.heddle.policy.oracle.Judgement;
import dev.heddle.policy.oracle.Oracle;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.text.PolicyYaml;
import dev.heddle.policy.translate.ClusterNetworkPolicyTranslator;
import dev.heddle.policy.translate.NetworkPolicyTranslator;
import dev.heddle.policy.world.Compiled;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A sentence of an API's prose with policies that show what it means. Three judges are asked of each flow: the objects
 * themselves, their rules, and the compiled tables. All must say what the sentence says.
 */
final class Sentence {

    private final String quote;
    private final List<NetworkPolicy> namespaced = new ArrayList<>();
    private final Map<String, ClusterNetworkPolicySpec> clusterWide = new TreeMap<>();
    private final List<String> allowed = new ArrayList<>();
    private final List<String> denied = new ArrayList<>();

    private Sentence(String quote) {
        this.quote = quote;
    }

    static Sentence of(String quote) {
        return new Sentence(quote);
    }

    /** A NetworkPolicy of namespace shop. */
    Sentence given(String spec) {
        namespaced.add(PolicyYaml.networkPolicy("shop", "p" + namespaced.size(), spec));
        return this;
    }

    /** A ClusterNetworkPolicy. */
    Sentence given(String name, String spec) {
        clusterWide.put(name, PolicyYaml.clusterNetworkPolicy(spec));
        return this;
    }

    Sentence allows(String... flows) {
        allowed.addAll(List.of(flows));
        return this;
    }

    Sentence denies(String... flows) {
        denied.addAll(List.of(flows));
        return this;
    }

    void check() {
        List<Rule> rules = rules();
        ApiOracle objects = new ApiOracle(namespaced, clusterWide);
        Compiled tables = Compiled.of(Cast.WORLD, rules);
        assertThat(tables.image().problems()).isEmpty();
        allowed.forEach(flow -> check(flow, true, objects, rules, tables));
        denied.forEach(flow -> check(flow, false, objects, rules, tables));
    }

    private static void check(String text, boolean expected, ApiOracle objects, List<Rule> rules, Compiled tables) {
        List<Flow> ends = Cast.ends(text);
        assertThat(ends.stream().allMatch(objects::allowed))
                .as("the objects on %s", text)
                .isEqualTo(expected);
        for (Flow end : ends) {
            Judgement byRules = Oracle.judge(rules, end);
            assertThat(tables.judge(end)).as("the tables on %s", text).containsOnly(byRules);
        }
        assertThat(ends.stream().allMatch(end -> Oracle.judge(rules, end).accepted()))
                .as("the rules on %s", text)
                .isEqualTo(expected);
    }

    private List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        namespaced.forEach(policy -> rules.addAll(
                NetworkPolicyTranslator.translate(policy, Datapath.TODAY).rules()));
        clusterWide.forEach((name, spec) ->
                rules.addAll(ClusterNetworkPolicyTranslator.translate(PolicyYaml.meta(name), spec, Datapath.TODAY)
                        .rules()));
        return rules;
    }

    @Override
    public String toString() {
        return quote;
    }
}
