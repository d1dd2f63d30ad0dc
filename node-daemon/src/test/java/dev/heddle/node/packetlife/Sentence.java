package dev.heddle.node.packetlife;

import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
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
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Rules in words, as a NetworkPolicy would make them: an Accept, and the isolation of its subject in its direction.
 *
 * <pre>
 * api accepts tcp 8080 from web        api accepts nothing        api accepts all from 203.0.113.0/24
 * web reaches udp 53 at db             web reaches nothing        web reaches all at anyone
 * api accepts tcp http from web        web reaches sctp sig at db
 * </pre>
 */
public record Sentence(String text) {
    private static final int ACCEPT_PRIORITY = 0;
    private static final int ISOLATION_PRIORITY = 1;

    public static List<Rule> rules(String... sentences) {
        return Stream.of(sentences)
                .flatMap(text -> new Sentence(text).rules().stream())
                .toList();
    }

    private List<Rule> rules() {
        String[] words = text.split(" ", -1);
        Subject subject = new Subject("shop", app(words[0]));
        Direction direction = switch (words[1]) {
            case "accepts" -> Direction.INGRESS;
            case "reaches" -> Direction.EGRESS;
            default -> throw new IllegalArgumentException(text);
        };
        Rule isolation =
                rule("spec.podSelector", direction, subject, ISOLATION_PRIORITY, Action.DENY, anyone(), List.of());
        if (words[2].equals("nothing")) {
            return List.of(isolation);
        }
        List<PortMatch> ports = words[2].equals("all") ? List.of() : List.of(port(words[2], words[3]));
        Peer peer = peer(words[words.length - 1]);
        return List.of(
                rule("spec.rules[0]", direction, subject, ACCEPT_PRIORITY, Action.ACCEPT, peer, ports), isolation);
    }

    private Rule rule(
            String field,
            Direction direction,
            Subject subject,
            int priority,
            Action action,
            Peer peer,
            List<PortMatch> ports) {
        Origin origin = new Origin("NetworkPolicy", "shop", text, 1, field);
        return new Rule(origin, direction, subject, Tier.NETWORK_POLICY, priority, action, List.of(peer), ports);
    }

    private static Peer anyone() {
        return new Peer.Anyone();
    }

    private static Peer peer(String word) {
        if (word.equals("anyone")) {
            return anyone();
        }
        if (word.contains("/")) {
            return new Peer.IpBlock(Cidr.parse(word), List.of());
        }
        return new Peer.Pods(null, "shop", app(word));
    }

    /** By number, or by the name that the pod at the flow's end gives it. */
    private static PortMatch port(String protocol, String word) {
        Protocol of = Protocol.valueOf(protocol.toUpperCase(Locale.ROOT));
        if (!Character.isDigit(word.charAt(0))) {
            return new PortMatch.Named(of, word);
        }
        int port = Integer.parseInt(word);
        return new PortMatch.Range(of, port, port);
    }

    private static LabelSelector app(String value) {
        return new LabelSelector(List.of(new Requirement("app", Requirement.Operator.IN, List.of(value))));
    }
}
