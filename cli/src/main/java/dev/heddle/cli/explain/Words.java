package dev.heddle.cli.explain;

import static java.util.stream.Collectors.joining;

import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Tier;
import java.util.List;
import java.util.Locale;

/** Rules in words; selectors as kubectl's {@code -l} takes them. */
final class Words {

    /** The most ports or ranges that are named one by one. */
    private static final int NAMED = 6;

    private Words() {}

    /** What a rule does, to whom, and where: {@code accept from pods app=web at TCP 9000}. */
    static String of(Rule rule) {
        String way = rule.direction() == Direction.INGRESS ? " from " : " to ";
        return rule.action().name().toLowerCase(Locale.ROOT)
                + way
                + rule.peers().stream().map(Words::of).collect(joining(" or "))
                + (rule.ports().isEmpty() ? "" : " at " + ports(rule.ports()));
    }

    static String of(Tier tier) {
        return switch (tier) {
            case ADMIN -> "Admin";
            case NETWORK_POLICY -> "NetworkPolicy";
            case BASELINE -> "Baseline";
        };
    }

    static String protocol(int number) {
        return switch (number) {
            case 1 -> "ICMP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 58 -> "ICMPv6";
            case 132 -> "SCTP";
            default -> "protocol " + number;
        };
    }

    private static String of(Peer peer) {
        return switch (peer) {
            case Peer.Anyone anyone -> "anyone";
            case Peer.Nobody nobody -> "nobody";
            case Peer.Networks(var in) -> some(in.stream().map(Cidr::text).toList());
            case Peer.IpBlock(var range, var except) ->
                range.text() + (except.isEmpty() ? "" : " without " + some(texts(except)));
            case Peer.Nodes(var nodes) -> "nodes" + selected(nodes, " ");
            case Peer.DomainNames(var names) -> some(names);
            case Peer.Pods(var namespaces, var own, var pods) ->
                "pods" + selected(pods, " ")
                        + (namespaces == null
                                ? " in " + own
                                : namespaces.requirements().isEmpty()
                                        ? " in every namespace"
                                        : " in namespaces" + selected(namespaces, " "));
        };
    }

    private static List<String> texts(List<Cidr> ranges) {
        return ranges.stream().map(Cidr::text).toList();
    }

    private static String some(List<String> texts) {
        String named = texts.stream().limit(NAMED).collect(joining(", "));
        return texts.size() > NAMED ? named + " and " + (texts.size() - NAMED) + " more" : named;
    }

    private static String selected(LabelSelector selector, String before) {
        return selector.requirements().isEmpty()
                ? ""
                : before + selector.requirements().stream().map(Words::of).collect(joining(","));
    }

    private static String of(Requirement requirement) {
        List<String> values = requirement.values();
        return switch (requirement.operator()) {
            case IN ->
                values.size() == 1
                        ? requirement.key() + "=" + values.getFirst()
                        : requirement.key() + " in (" + String.join(",", values) + ")";
            case NOT_IN ->
                values.size() == 1
                        ? requirement.key() + "!=" + values.getFirst()
                        : requirement.key() + " notin (" + String.join(",", values) + ")";
            case EXISTS -> requirement.key();
            case DOES_NOT_EXIST -> "!" + requirement.key();
        };
    }

    private static String ports(List<PortMatch> ports) {
        return some(ports.stream().map(Words::of).toList());
    }

    private static String of(PortMatch port) {
        return switch (port) {
            case PortMatch.AnyPort(var protocol) -> protocol.name();
            case PortMatch.Range(var protocol, var from, var to) ->
                protocol + " " + from + (from == to ? "" : "-" + to);
            case PortMatch.Named(var protocol, var name) -> (protocol == null ? "port " : protocol + " ") + name;
        };
    }
}
