package dev.heddle.policy.rule;

import java.util.Comparator;
import java.util.List;

/**
 * One normalized rule: who is judged, in which direction, against which peers and ports, and how.
 *
 * <p>Rules are evaluated by tier, then priority, then object by object, each from top to bottom. The first match
 * wins; a flow that no rule matches is accepted. The APIs leave open which of two objects of one priority comes
 * first: here it is the one whose name sorts first, on every node.
 *
 * @param origin the object and field this rule comes from
 * @param priority order inside a tier, lower first
 * @param position order inside the object, lower first
 * @param peers never empty
 * @param ports empty means every port of every protocol
 */
public record Rule(
        Origin origin,
        Direction direction,
        Subject subject,
        Tier tier,
        int priority,
        int position,
        Action action,
        List<Peer> peers,
        List<PortMatch> ports) {

    /** The order of evaluation. */
    public static final Comparator<Rule> PRECEDENCE = Rule::precedence;

    public Rule {
        peers = List.copyOf(peers);
        ports = List.copyOf(ports);
        if (peers.isEmpty()) {
            throw new IllegalArgumentException(origin + ": a rule without peers; say Anyone or Nobody");
        }
        if (direction == Direction.INGRESS && peers.stream().anyMatch(Rule::isDestinationOnly)) {
            throw new IllegalArgumentException(origin + ": nodes and domain names are peers of egress only");
        }
    }

    /** A rule whose place inside its object does not matter. */
    public Rule(
            Origin origin,
            Direction direction,
            Subject subject,
            Tier tier,
            int priority,
            Action action,
            List<Peer> peers,
            List<PortMatch> ports) {
        this(origin, direction, subject, tier, priority, 0, action, peers, ports);
    }

    /** The rule that does this instead, to these peers and ports. */
    public Rule with(Action otherAction, List<Peer> otherPeers, List<PortMatch> otherPorts) {
        return new Rule(origin, direction, subject, tier, priority, position, otherAction, otherPeers, otherPorts);
    }

    /** The closed form of a rule that cannot be used: an Accept matches nothing, a Deny or Pass denies everything. */
    public Rule closed() {
        return action == Action.ACCEPT
                ? with(Action.ACCEPT, List.of(new Peer.Nobody()), List.of())
                : with(Action.DENY, List.of(new Peer.Anyone()), List.of());
    }

    private static int precedence(Rule one, Rule other) {
        int order = one.tier.compareTo(other.tier);
        order = order != 0 ? order : Integer.compare(one.priority, other.priority);
        order = order != 0 ? order : compare(one.origin.namespace(), other.origin.namespace());
        order = order != 0 ? order : compare(one.origin.kind(), other.origin.kind());
        order = order != 0 ? order : one.origin.name().compareTo(other.origin.name());
        order = order != 0 ? order : Integer.compare(one.position, other.position);
        return order != 0 ? order : one.origin.field().compareTo(other.origin.field());
    }

    /** Of rules that were read together it is mostly the same object. */
    @SuppressWarnings("ReferenceEquality")
    private static int compare(String one, String other) {
        return one == other ? 0 : one.compareTo(other);
    }

    private static boolean isDestinationOnly(Peer peer) {
        return peer instanceof Peer.Nodes || peer instanceof Peer.DomainNames;
    }
}
