package dev.heddle.node.netns;

import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import java.util.ArrayList;
import java.util.List;

/**
 * Two policies that together would let through what neither does alone. Both let a reach b at {@link #ALWAYS}. At
 * {@link #NEVER}, one lets a send but b not receive, the other lets b receive but a not send: a packet that arrives there
 * was judged by halves of both.
 */
final class TestPolicies {

    static final int ALWAYS = 7001;
    static final int NEVER = 7002;

    private TestPolicies() {}

    static List<Rule> named(String name) {
        return switch (name) {
            case "senders" -> rules(List.of(ALWAYS, NEVER), List.of(ALWAYS));
            case "receivers" -> rules(List.of(ALWAYS), List.of(ALWAYS, NEVER));
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** What a may send to b, and what b takes from a; both are isolated in that direction. */
    private static List<Rule> rules(List<Integer> sent, List<Integer> taken) {
        List<Rule> rules = new ArrayList<>();
        add(rules, Direction.EGRESS, "a", "b", sent);
        add(rules, Direction.INGRESS, "b", "a", taken);
        return rules;
    }

    private static void add(List<Rule> rules, Direction direction, String pod, String peer, List<Integer> ports) {
        Origin origin = new Origin("NetworkPolicy", "shop", pod + "-" + peer, 1, "spec");
        List<PortMatch> matches = new ArrayList<>();
        for (int port : ports) {
            matches.add(new PortMatch.Range(Protocol.UDP, port, port));
            matches.add(new PortMatch.Range(Protocol.TCP, port, port));
        }
        Subject subject = new Subject("shop", app(pod));
        rules.add(new Rule(
                origin,
                direction,
                subject,
                Tier.NETWORK_POLICY,
                0,
                Action.ACCEPT,
                List.of(new Peer.Pods(null, "shop", app(peer))),
                matches));
        rules.add(new Rule(
                origin,
                direction,
                subject,
                Tier.NETWORK_POLICY,
                1,
                Action.DENY,
                List.of(new Peer.Anyone()),
                List.of()));
    }

    private static LabelSelector app(String name) {
        return new LabelSelector(List.of(new Requirement("app", Requirement.Operator.IN, List.of(name))));
    }
}
