package dev.heddle.policy.random;

import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Tier;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.translate.NetworkPolicyTranslator;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rules of all tiers and actions: those of random policies, some of them moved and turned. */
final class RandomRules {

    private final Random random;

    RandomRules(Random random) {
        this.random = random;
    }

    List<Rule> of(List<NetworkPolicy> policies) {
        List<Rule> rules = new ArrayList<>();
        policies.forEach(policy -> rules.addAll(
                NetworkPolicyTranslator.translate(policy, Datapath.TODAY).rules()));
        List<Rule> all = new ArrayList<>(rules);
        for (Rule rule : rules) {
            if (random.nextInt(2) == 0) {
                all.add(turned(rule, all.size()));
            }
        }
        return all;
    }

    private Rule turned(Rule rule, int number) {
        Origin origin = rule.origin();
        return new Rule(
                new Origin("Turned", origin.namespace(), origin.name() + number, 1, origin.field()),
                rule.direction(),
                rule.subject(),
                random.nextInt(3) == 0 ? Tier.BASELINE : Tier.ADMIN,
                random.nextInt(2),
                List.of(Action.ACCEPT, Action.DENY, Action.PASS).get(random.nextInt(3)),
                rule.peers(),
                rule.ports());
    }
}
