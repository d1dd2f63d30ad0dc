package dev.heddle.policy.random;

import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Requirement.Operator;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.translate.NetworkPolicyTranslator;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

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
                random.nextInt(4) == 0
                        ? Subject.acrossNamespaces(rule.subject().pods(), LabelSelector.EVERYTHING)
                        : rule.subject(),
                random.nextInt(3) == 0 ? Tier.BASELINE : Tier.ADMIN,
                random.nextInt(2),
                List.of(Action.ACCEPT, Action.DENY, Action.PASS).get(random.nextInt(3)),
                Stream.concat(rule.peers().stream(), more(rule.direction())).toList(),
                rule.ports());
    }

    private Stream<Peer> more(Direction direction) {
        return switch (random.nextInt(direction == Direction.EGRESS ? 8 : 1)) {
            case 1 -> Stream.of(new Peer.Nodes(LabelSelector.EVERYTHING));
            case 2 ->
                Stream.of(new Peer.Nodes(new LabelSelector(List.of(
                        new Requirement("zone", random.nextBoolean() ? Operator.IN : Operator.NOT_IN, List.of("a"))))));
            case 3 -> Stream.of(new Peer.Networks(List.of(Cidr.parse("192.0.2.0/24"), Cidr.parse("10.244.0.0/20"))));
            case 4 -> Stream.of(new Peer.Networks(List.of(Cidr.parse("0.0.0.0/0"))));
            default -> Stream.empty();
        };
    }
}
