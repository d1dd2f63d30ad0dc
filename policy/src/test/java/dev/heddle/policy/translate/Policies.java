package dev.heddle.policy.translate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.support.Datapath;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.stream.Collectors;

/** Policies as people write them, and rules as people read them. */
final class Policies {

    private Policies() {}

    /** Policy {@code shop/p} of generation 3 with a spec in YAML. */
    static NetworkPolicy policy(String spec) {
        NetworkPolicy policy = new NetworkPolicy();
        policy.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName("p")
                .withGeneration(3L)
                .build());
        try {
            policy.setSpec(new YAMLMapper().readValue(spec, NetworkPolicySpec.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(spec, e);
        }
        return policy;
    }

    /** What the policy becomes for today's datapath. */
    static Translation translate(String spec) {
        return NetworkPolicyTranslator.translate(policy(spec), Datapath.TODAY);
    }

    /** One line: {@code FIELD DIRECTION ACTION SUBJECT <- PEERS : PORTS}. */
    static String text(Rule rule) {
        return rule.origin().field() + " " + rule.direction() + " " + rule.action() + " {"
                + text(rule.subject().pods())
                + "} with "
                + rule.peers().stream().map(Policies::text).collect(Collectors.joining(" or "))
                + " on "
                + (rule.ports().isEmpty()
                        ? "every port"
                        : rule.ports().stream().map(Policies::text).collect(Collectors.joining(", ")));
    }

    private static String text(Peer peer) {
        return switch (peer) {
            case Peer.Anyone anyone -> "anyone";
            case Peer.Nobody nobody -> "nobody";
            case Peer.Networks networks -> networks.in().toString();
            case Peer.Nodes nodes -> "nodes {" + text(nodes.nodes()) + "}";
            case Peer.DomainNames names -> names.names().toString();
            case Peer.IpBlock block -> block.cidr() + (block.except().isEmpty() ? "" : " without " + block.except());
            case Peer.Pods pods ->
                "pods {" + text(pods.pods()) + "} in "
                        + (pods.namespaces() == null ? pods.ownNamespace() : "{" + text(pods.namespaces()) + "}");
        };
    }

    private static String text(PortMatch port) {
        return switch (port) {
            case PortMatch.AnyPort any -> any.protocol().toString();
            case PortMatch.Range range -> range.protocol() + " " + range.from() + "-" + range.to();
            case PortMatch.Named(var protocol, var name) -> (protocol == null ? "any" : protocol) + " " + name;
        };
    }

    private static String text(LabelSelector selector) {
        return selector.requirements().stream().map(Policies::text).collect(Collectors.joining(", "));
    }

    private static String text(Requirement requirement) {
        return requirement.key() + " " + requirement.operator()
                + (requirement.values().isEmpty() ? "" : " " + requirement.values());
    }
}
