package dev.heddle.policy.support;

import dev.heddle.policy.identity.IdentityLabels;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a datapath can enforce: all rules but those that ask for a feature it does not have. Whoever translates or
 * reads rules passes one; what it takes out is closed and said.
 */
public record Datapath(Set<Feature> features) {

    /** The datapath in {@code bpf/}; the one place where a feature is turned on. */
    public static final Datapath TODAY = new Datapath(Set.of());

    public Datapath {
        features = Set.copyOf(features);
    }

    /**
     * Takes out what cannot be enforced. An Accept loses the term: what it would allow stays closed. A Deny or
     * Pass that loses a term denies every peer instead, or every port.
     */
    public Enforceable limit(List<Rule> rules) {
        List<Problem> problems = new ArrayList<>();
        List<Rule> limited = rules.stream().map(rule -> limit(rule, problems)).toList();
        return new Enforceable(limited, problems);
    }

    private Rule limit(Rule rule, List<Problem> problems) {
        int before = problems.size();
        List<Peer> peers = peers(rule, problems);
        List<PortMatch> ports = ports(rule, problems);
        if (problems.size() == before) {
            return rule;
        }
        if (rule.action() != Action.ACCEPT) {
            peers = List.of(new Peer.Anyone());
            ports = List.of();
        } else if (peers.isEmpty() || (ports.isEmpty() && !rule.ports().isEmpty())) {
            // No port left must not become "every port".
            peers = List.of(new Peer.Nobody());
        }
        Action action = rule.action() == Action.ACCEPT ? Action.ACCEPT : Action.DENY;
        return new Rule(
                rule.origin(), rule.direction(), rule.subject(), rule.tier(), rule.priority(), action, peers, ports);
    }

    private List<Peer> peers(Rule rule, List<Problem> problems) {
        String list = rule.direction() == Direction.INGRESS ? ".from[" : ".to[";
        List<Peer> kept = new ArrayList<>();
        for (int i = 0; i < rule.peers().size(); i++) {
            Peer peer = rule.peers().get(i);
            Optional<Gap> gap = gap(peer);
            if (gap.isPresent()) {
                problems.add(gap.get().in(rule.origin(), list + i + "]"));
            } else {
                kept.add(peer);
            }
        }
        return kept;
    }

    private List<PortMatch> ports(Rule rule, List<Problem> problems) {
        List<PortMatch> kept = new ArrayList<>();
        for (int i = 0; i < rule.ports().size(); i++) {
            PortMatch port = rule.ports().get(i);
            Optional<Gap> gap = gap(port);
            if (gap.isPresent()) {
                problems.add(gap.get().in(rule.origin(), ".ports[" + i + "]"));
            } else {
                kept.add(port);
            }
        }
        return kept;
    }

    private Optional<Gap> gap(Peer peer) {
        return switch (peer) {
            case Peer.Anyone anyone -> Optional.empty();
            case Peer.Nobody nobody -> Optional.empty();
            case Peer.IpBlock block ->
                block.cidr().isIpv4() || features.contains(Feature.IPV6)
                        ? Optional.empty()
                        : Optional.of(new Gap(".ipBlock.cidr", "ranges of IPv6 addresses are not enforced yet"));
            case Peer.Pods pods ->
                leftOut(pods.pods())
                        .map(key -> new Gap(".podSelector", "label '" + key + "' is not part of a pod's identity"));
        };
    }

    /** Such a label differs for each pod, so no identity has it, and "not in" would match every pod. */
    private static Optional<String> leftOut(LabelSelector selector) {
        return selector.requirements().stream()
                .map(requirement -> requirement.key())
                .filter(IdentityLabels.LEFT_OUT::contains)
                .findFirst();
    }

    private Optional<Gap> gap(PortMatch port) {
        if (port.protocol() == Protocol.SCTP && !features.contains(Feature.SCTP)) {
            return Optional.of(new Gap(".protocol", "SCTP is not enforced yet"));
        }
        return port instanceof PortMatch.Named && !features.contains(Feature.NAMED_PORTS)
                ? Optional.of(new Gap(".port", "named ports are not enforced yet; give the number"))
                : Optional.empty();
    }

    /** A term that cannot be enforced: where below the term, and why. */
    private record Gap(String field, String why) {
        Problem in(Origin origin, String term) {
            return new Problem(
                    origin.at(origin.field() + term + field),
                    Problem.Severity.NOT_ENFORCED,
                    why + "; what it would allow stays closed");
        }
    }
}
