package dev.heddle.policy.rule;

import java.util.Comparator;
import java.util.List;

/**
 * One normalized rule: who is judged, in which direction, against which peers and ports, and how.
 *
 * <p>Rules are evaluated by tier, then priority (lower first), then DENY before PASS before ACCEPT. The
 * first match wins; a flow that no rule matches is accepted.
 *
 * @param origin the object and field this rule comes from
 * @param priority order inside a tier, lower first
 * @param peers never empty
 * @param ports empty means every port of every protocol
 */
public record Rule(
        Origin origin,
        Direction direction,
        Subject subject,
        Tier tier,
        int priority,
        Action action,
        List<Peer> peers,
        List<PortMatch> ports) {

    /** The order of evaluation. Rules that are equal in it do the same; their origins only make it total. */
    public static final Comparator<Rule> PRECEDENCE = Comparator.comparing(Rule::tier)
            .thenComparingInt(Rule::priority)
            .thenComparingInt(rule -> rank(rule.action()))
            .thenComparing(rule -> rule.origin().namespace())
            .thenComparing(rule -> rule.origin().kind())
            .thenComparing(rule -> rule.origin().name())
            .thenComparing(rule -> rule.origin().field());

    public Rule {
        peers = List.copyOf(peers);
        ports = List.copyOf(ports);
        if (peers.isEmpty()) {
            throw new IllegalArgumentException(origin + ": a rule without peers; say Anyone or Nobody");
        }
    }

    private static int rank(Action action) {
        return switch (action) {
            case DENY -> 0;
            case PASS -> 1;
            case ACCEPT -> 2;
        };
    }
}
