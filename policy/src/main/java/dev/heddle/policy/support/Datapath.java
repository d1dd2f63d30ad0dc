package dev.heddle.policy.support;

import dev.heddle.policy.identity.IdentityLabels;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Tier;
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
    public static final Datapath TODAY = new Datapath(Set.of(Feature.values()));

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
        // No port left must not become "every port".
        boolean useless = peers.isEmpty() || (ports.isEmpty() && !rule.ports().isEmpty());
        return rule.action() != Action.ACCEPT || useless ? rule.closed() : rule.with(Action.ACCEPT, peers, ports);
    }

    private List<Peer> peers(Rule rule, List<Problem> problems) {
        String list = rule.direction() == Direction.INGRESS ? ".from[" : ".to[";
        List<Peer> kept = new ArrayList<>();
        for (int i = 0; i < rule.peers().size(); i++) {
            Peer peer = rule.peers().get(i);
            Optional<Gap> gap = gap(peer, rule.tier());
            String term = list + i + "]";
            gap.ifPresent(of -> problems.add(of.in(rule.origin(), term)));
            (gap.isEmpty() ? Optional.of(peer) : remainder(peer)).ifPresent(kept::add);
        }
        return kept;
    }

    private List<PortMatch> ports(Rule rule, List<Problem> problems) {
        String list = rule.tier() == Tier.NETWORK_POLICY ? ".ports[" : ".protocols[";
        List<PortMatch> kept = new ArrayList<>();
        for (int i = 0; i < rule.ports().size(); i++) {
            PortMatch port = rule.ports().get(i);
            Optional<Gap> gap = gap(port, rule.tier());
            String term = list + i + "]";
            gap.ifPresentOrElse(of -> problems.add(of.in(rule.origin(), term)), () -> kept.add(port));
        }
        return kept;
    }

    /** What is left of a peer with a gap. */
    private static Optional<Peer> remainder(Peer peer) {
        if (!(peer instanceof Peer.Networks(var ranges))) {
            return Optional.empty();
        }
        List<Cidr> ipv4 = ranges.stream().filter(Cidr::isIpv4).toList();
        return ipv4.isEmpty() ? Optional.empty() : Optional.of(new Peer.Networks(ipv4));
    }

    private Optional<Gap> gap(Peer peer, Tier tier) {
        return switch (peer) {
            case Peer.Anyone anyone -> Optional.empty();
            case Peer.Nobody nobody -> Optional.empty();
            case Peer.IpBlock block -> ipv6Gap(block, ".ipBlock.cidr");
            case Peer.Networks networks -> ipv6Gap(networks, ".networks");
            case Peer.Pods pods ->
                leftOut(pods.pods())
                        .map(key -> new Gap(
                                tier == Tier.NETWORK_POLICY ? ".podSelector" : ".pods.podSelector",
                                "label '" + key + "' is not part of a pod's identity"));
            case Peer.Nodes nodes ->
                features.contains(Feature.NODES)
                        ? Optional.empty()
                        : Optional.of(new Gap(".nodes", "nodes as peers are not enforced yet"));
            case Peer.DomainNames names -> Optional.of(new Gap(".domainNames", "domain names are not enforced yet"));
        };
    }

    private Optional<Gap> ipv6Gap(Peer.Ranges ranges, String field) {
        return features.contains(Feature.IPV6) || ranges.in().stream().allMatch(Cidr::isIpv4)
                ? Optional.empty()
                : Optional.of(new Gap(field, "ranges of IPv6 addresses are not enforced yet"));
    }

    /** Such a label differs for each pod, so no identity has it, and "not in" would match every pod. */
    private static Optional<String> leftOut(LabelSelector selector) {
        return selector.requirements().stream()
                .map(requirement -> requirement.key())
                .filter(IdentityLabels.LEFT_OUT::contains)
                .findFirst();
    }

    private Optional<Gap> gap(PortMatch port, Tier tier) {
        boolean namespaced = tier == Tier.NETWORK_POLICY;
        Protocol protocol = switch (port) {
            case PortMatch.AnyPort any -> any.protocol();
            case PortMatch.Range range -> range.protocol();
            case PortMatch.Named named -> named.protocol();
        };
        if (protocol == Protocol.SCTP && !features.contains(Feature.SCTP)) {
            return Optional.of(new Gap(namespaced ? ".protocol" : ".sctp", "SCTP is not enforced yet"));
        }
        return port instanceof PortMatch.Named && !features.contains(Feature.NAMED_PORTS)
                ? Optional.of(new Gap(
                        namespaced ? ".port" : ".destinationNamedPort",
                        "named ports are not enforced yet; give the number"))
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
