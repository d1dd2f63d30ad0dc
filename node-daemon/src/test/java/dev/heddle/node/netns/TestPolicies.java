package dev.heddle.node.netns;

import dev.heddle.node.packetlife.Sentence;
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
import java.util.stream.Stream;

/**
 * Two policies that together would let through what neither does alone. Both let a and b reach each other at {@link
 * #ALWAYS}. At {@link #NEVER}, one lets pods send but not receive, the other lets them receive but not send: a packet that
 * arrives there was judged by halves of both. The second names a range beside, which both pods are in, and more ports: the
 * tables of the two number peers, classes and ports differently, so that half of each would decide otherwise inside one hook
 * too.
 */
final class TestPolicies {

    static final int ALWAYS = 7001;
    static final int NEVER = 7002;
    /** Allowed by the first policy alone. */
    static final int IF_SENDERS = 7003;
    /** Allowed by the second policy alone. */
    static final int IF_RECEIVERS = 7004;

    private static final String[] RANGES = {
        "a accepts udp 6999 from 10.199.77.0/30",
        "b accepts tcp 6998 from fd00:199:77::/126",
        "b reaches udp 6997 at 10.199.77.0/31"
    };

    private TestPolicies() {}

    static List<Rule> named(String name) {
        return switch (name) {
            case "senders" -> rules(List.of(ALWAYS, NEVER, IF_SENDERS), List.of(ALWAYS, IF_SENDERS));
            case "receivers" ->
                Stream.concat(
                                Sentence.rules(RANGES).stream(),
                                rules(List.of(ALWAYS, IF_RECEIVERS), List.of(ALWAYS, NEVER, IF_RECEIVERS)).stream())
                        .toList();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** What the pods may send to each other, and what they take from each other; both are isolated. */
    private static List<Rule> rules(List<Integer> sent, List<Integer> taken) {
        List<Rule> rules = new ArrayList<>();
        add(rules, Direction.EGRESS, "a", "b", sent);
        add(rules, Direction.INGRESS, "b", "a", taken);
        add(rules, Direction.EGRESS, "b", "a", sent);
        add(rules, Direction.INGRESS, "a", "b", taken);
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
