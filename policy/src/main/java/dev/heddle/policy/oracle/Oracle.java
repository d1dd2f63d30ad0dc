package dev.heddle.policy.oracle;

import dev.heddle.policy.oracle.Reasoning.Outcome;
import dev.heddle.policy.oracle.Reasoning.Step;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Tier;
import java.util.ArrayList;
import java.util.List;

/** Judges flows by going through the rules one by one. */
public final class Oracle {

    private Oracle() {}

    /**
     * Judges a flow at both its ends: the sender's egress, then the receiver's ingress.
     *
     * @param protocol IANA number
     * @param port destination port; 0 for protocols without ports
     * @return the first Judgement that denies, else the last
     */
    public static Judgement flow(List<Rule> rules, Party source, Party destination, int protocol, int port) {
        Judgement judgement = new Judgement(true, null);
        if (source.equals(destination)) {
            return judgement; // nothing stops a pod from talking to itself
        }
        if (source instanceof Party.Pod pod) {
            judgement = judge(rules, new Flow(pod, Direction.EGRESS, destination, protocol, port));
        }
        if (judgement.accepted() && destination instanceof Party.Pod pod) {
            judgement = judge(rules, new Flow(pod, Direction.INGRESS, source, protocol, port));
        }
        return judgement;
    }

    /** Judges a flow at one end. */
    public static Judgement judge(List<Rule> rules, Flow flow) {
        return reason(rules, flow).judgement();
    }

    /** Judges a flow at one end and tells how. */
    public static Reasoning reason(List<Rule> rules, Flow flow) {
        List<Step> steps = new ArrayList<>();
        if (flow.isWithOwnNode() && flow.direction() == Direction.INGRESS) {
            return Reasoning.undecided(steps); // the kubelet's probes, whatever the policies say
        }
        Tier passed = null;
        for (Rule rule : rules.stream().sorted(Rule.PRECEDENCE).toList()) {
            if (rule.direction() != flow.direction() || !selects(rule, flow.subject())) {
                continue;
            }
            Outcome outcome = rule.tier() == passed ? Outcome.PASSED_OVER : outcome(rule, flow);
            steps.add(new Step(rule, outcome));
            switch (outcome) {
                case ACCEPTS -> {
                    return new Reasoning(new Judgement(true, rule), steps);
                }
                case DENIES, DENIES_UNKNOWN_PEER -> {
                    return new Reasoning(new Judgement(false, rule), steps);
                }
                case SPARES_OWN_NODE -> {
                    return Reasoning.undecided(steps);
                }
                case PASSES -> passed = rule.tier();
                case OTHER_PEER, OTHER_PORT, PASSED_OVER -> {}
            }
        }
        return Reasoning.undecided(steps);
    }

    private static boolean selects(Rule rule, Party.Pod pod) {
        LabelSelector namespaces = rule.subject().namespaces();
        return (namespaces == null
                        ? rule.subject().namespace().equals(pod.namespace())
                        : namespaces.matches(pod.namespaceLabels()))
                && rule.subject().pods().matches(pod.labels());
    }

    private static Outcome outcome(Rule rule, Flow flow) {
        boolean peer = rule.peers().stream().anyMatch(term -> matches(term, flow.other()));
        if (peer && matchesPort(rule, flow)) {
            return switch (rule.action()) {
                case ACCEPT -> Outcome.ACCEPTS;
                case PASS -> Outcome.PASSES;
                // NetworkPolicy: "Traffic to and from the node where a Pod is running is always allowed."
                case DENY ->
                    flow.isWithOwnNode() && rule.tier() == Tier.NETWORK_POLICY
                            ? Outcome.SPARES_OWN_NODE
                            : Outcome.DENIES;
            };
        }
        boolean unknown = rule.action() != Action.ACCEPT
                && flow.other() instanceof Party.Unidentified unidentified
                && couldMatch(rule, unidentified, flow);
        return unknown ? Outcome.DENIES_UNKNOWN_PEER : peer ? Outcome.OTHER_PORT : Outcome.OTHER_PEER;
    }

    /** Whether a rule with this peer is about the other end. */
    public static boolean matches(Peer peer, Party other) {
        return switch (peer) {
            case Peer.Anyone anyone -> true;
            case Peer.Nobody nobody -> false;
            case Peer.Ranges ranges -> isIn(other.address(), ranges);
            case Peer.Pods pods -> other instanceof Party.Pod pod && isOneOf(pod, pods);
            case Peer.Nodes nodes ->
                other instanceof Party.Node node && nodes.nodes().matches(node.labels());
            case Peer.DomainNames names -> false; // no address is known to have a name
        };
    }

    private static boolean isIn(Cidr address, Peer.Ranges ranges) {
        return ranges.in().stream().anyMatch(range -> range.contains(address))
                && ranges.except().stream().noneMatch(except -> except.contains(address));
    }

    private static boolean isOneOf(Party.Pod pod, Peer.Pods pods) {
        boolean namespace = pods.namespaces() == null
                ? pod.namespace().equals(pods.ownNamespace())
                : pods.namespaces().matches(pod.namespaceLabels());
        return namespace && pods.pods().matches(pod.labels());
    }

    private static boolean matchesPort(Rule rule, Flow flow) {
        return rule.ports().isEmpty()
                || rule.ports().stream()
                        .anyMatch(match -> match.isOf(flow.protocol())
                                && switch (match) {
                                    case PortMatch.AnyPort any -> true;
                                    case PortMatch.Range range ->
                                        range.from() <= flow.port() && flow.port() <= range.to();
                                    case PortMatch.Named named -> flow.arrivesAt(named.name());
                                });
    }

    /** Whether there could be a pod that the rule matches at an address of which nothing is known. */
    private static boolean couldMatch(Rule rule, Party.Unidentified other, Flow flow) {
        boolean peer = rule.peers().stream().anyMatch(term -> term instanceof Peer.Pods || matches(term, other));
        boolean namesPort = rule.direction() == Direction.EGRESS
                && rule.ports().stream()
                        .anyMatch(match -> match instanceof PortMatch.Named && match.isOf(flow.protocol()));
        return peer && (namesPort || matchesPort(rule, flow));
    }
}
