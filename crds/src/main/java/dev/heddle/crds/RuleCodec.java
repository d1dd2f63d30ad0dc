package dev.heddle.crds;

import dev.heddle.crds.SelectorSpec.RequirementSpec;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules to what travels, and back. Lossless: decode(encode(rule)) equals the rule. */
final class RuleCodec {

    private RuleCodec() {}

    static RuleSpec encode(Rule rule, int source) {
        return new RuleSpec(
                source,
                rule.origin().field(),
                rule.direction(),
                encode(rule.subject()),
                rule.tier(),
                rule.priority(),
                rule.position(),
                rule.action(),
                rule.peers().stream().map(RuleCodec::encode).toList(),
                rule.ports().stream().map(RuleCodec::encode).toList());
    }

    /** @throws IllegalArgumentException if the spec is not one that {@link #encode} wrote */
    static Rule decode(RuleSpec spec, PolicySource source, String namespace) {
        return new Rule(
                new Origin(source.kind(), namespace, source.name(), source.generation(), spec.field()),
                spec.direction(),
                decode(spec.subject()),
                spec.tier(),
                spec.priority(),
                spec.position(),
                spec.action(),
                spec.peers().stream().map(RuleCodec::decode).toList(),
                spec.ports().stream().map(RuleCodec::decode).toList());
    }

    private static SubjectSpec encode(Subject subject) {
        LabelSelector namespaces = subject.namespaces();
        return new SubjectSpec(
                subject.namespace(), namespaces == null ? null : encode(namespaces), encode(subject.pods()));
    }

    private static Subject decode(SubjectSpec spec) {
        return new Subject(
                spec.namespace(), spec.namespaces() == null ? null : decode(spec.namespaces()), decode(spec.pods()));
    }

    private static PeerSpec encode(Peer peer) {
        return switch (peer) {
            case Peer.Anyone() -> PeerSpec.of(PeerSpec.Type.ANYONE);
            case Peer.Nobody() -> PeerSpec.of(PeerSpec.Type.NOBODY);
            case Peer.Pods(var namespaces, var own, var pods) ->
                PeerSpec.pods(own, namespaces == null ? null : encode(namespaces), encode(pods));
            case Peer.IpBlock(var cidr, var except) -> PeerSpec.ipBlock(cidr.text(), texts(except));
            case Peer.Networks(var ranges) -> PeerSpec.networks(texts(ranges));
            case Peer.Nodes(var nodes) -> PeerSpec.nodes(encode(nodes));
            case Peer.DomainNames(var names) -> PeerSpec.domainNames(names);
        };
    }

    private static Peer decode(PeerSpec spec) {
        return switch (spec.type()) {
            case ANYONE -> new Peer.Anyone();
            case NOBODY -> new Peer.Nobody();
            case PODS ->
                new Peer.Pods(
                        spec.namespaces() == null ? null : decode(spec.namespaces()),
                        present(spec.ownNamespace(), "a PODS peer without ownNamespace"),
                        decode(present(spec.pods(), "a PODS peer without pods")));
            case IP_BLOCK ->
                new Peer.IpBlock(
                        Cidr.parse(present(spec.cidr(), "an IP_BLOCK peer without cidr")), ranges(spec.except()));
            case NETWORKS -> new Peer.Networks(ranges(spec.cidrs()));
            case NODES -> new Peer.Nodes(decode(present(spec.nodes(), "a NODES peer without nodes")));
            case DOMAIN_NAMES -> new Peer.DomainNames(spec.domainNames());
        };
    }

    private static List<String> texts(List<Cidr> ranges) {
        return ranges.stream().map(Cidr::text).toList();
    }

    private static List<Cidr> ranges(List<String> texts) {
        return texts.stream().map(Cidr::parse).toList();
    }

    private static PortSpec encode(PortMatch match) {
        return switch (match) {
            case PortMatch.AnyPort(var protocol) -> new PortSpec(protocol, null, null, null);
            case PortMatch.Range(var protocol, var from, var to) -> new PortSpec(protocol, from, to, null);
            case PortMatch.Named(var protocol, var name) -> new PortSpec(protocol, null, null, name);
        };
    }

    private static PortMatch decode(PortSpec spec) {
        Integer from = spec.port();
        Integer to = spec.endPort();
        if (spec.name() != null) {
            return new PortMatch.Named(spec.protocol(), spec.name());
        }
        Protocol protocol = present(spec.protocol(), "a port with neither name nor protocol");
        return from == null
                ? new PortMatch.AnyPort(protocol)
                : new PortMatch.Range(protocol, from, to == null ? from : to);
    }

    private static SelectorSpec encode(LabelSelector selector) {
        return new SelectorSpec(selector.requirements().stream()
                .map(one -> new RequirementSpec(one.key(), one.operator(), one.values()))
                .toList());
    }

    private static LabelSelector decode(SelectorSpec spec) {
        return new LabelSelector(spec.requirements().stream()
                .map(one -> new Requirement(one.key(), one.operator(), one.values()))
                .toList());
    }

    private static <T> T present(@Nullable T value, String otherwise) {
        if (value == null) {
            throw new IllegalArgumentException(otherwise);
        }
        return value;
    }
}
