package dev.heddle.policy.text;

import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules as people read them. */
public final class RuleText {

    private RuleText() {}

    /** One line: {@code FIELD DIRECTION ACTION SUBJECT with PEERS on PORTS}. */
    public static String of(Rule rule) {
        return rule.origin().field() + " "
                + (rule.tier() == Tier.NETWORK_POLICY ? "" : rule.tier() + " " + rule.priority() + " ")
                + rule.direction() + " " + rule.action() + " " + of(rule.subject()) + " with "
                + rule.peers().stream().map(RuleText::of).collect(Collectors.joining(" or "))
                + " on "
                + (rule.ports().isEmpty()
                        ? "every port"
                        : rule.ports().stream().map(RuleText::of).collect(Collectors.joining(", ")));
    }

    private static String of(Subject subject) {
        return "{" + of(subject.pods()) + "}"
                + (subject.namespaces() == null ? "" : " in {" + of(subject.namespaces()) + "}");
    }

    private static String of(Peer peer) {
        return switch (peer) {
            case Peer.Anyone anyone -> "anyone";
            case Peer.Nobody nobody -> "nobody";
            case Peer.Networks networks -> networks.in().toString();
            case Peer.Nodes nodes -> "nodes {" + of(nodes.nodes()) + "}";
            case Peer.DomainNames names -> names.names().toString();
            case Peer.IpBlock block -> block.cidr() + (block.except().isEmpty() ? "" : " without " + block.except());
            case Peer.Pods pods ->
                "pods {" + of(pods.pods()) + "} in " + namespaces(pods.namespaces(), pods.ownNamespace());
        };
    }

    private static String namespaces(@Nullable LabelSelector selector, String own) {
        return selector == null ? own : "{" + of(selector) + "}";
    }

    private static String of(PortMatch port) {
        return switch (port) {
            case PortMatch.AnyPort any -> any.protocol().toString();
            case PortMatch.Range range -> range.protocol() + " " + range.from() + "-" + range.to();
            case PortMatch.Named(var protocol, var name) -> (protocol == null ? "any" : protocol) + " " + name;
        };
    }

    private static String of(LabelSelector selector) {
        return selector.requirements().stream().map(RuleText::of).collect(Collectors.joining(", "));
    }

    private static String of(Requirement requirement) {
        return requirement.key() + " " + requirement.operator()
                + (requirement.values().isEmpty() ? "" : " " + requirement.values());
    }
}
