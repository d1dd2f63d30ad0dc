package dev.heddle.crds;

import dev.heddle.crds.SelectorSpec.RequirementSpec;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import org.jspecify.annotations.Nullable;

/** Rules to what travels, and back. Lossless: decode(encode(rule)) equals the rule. */
final class RuleCodec {

    private RuleCodec() {}

    static RuleSpec encode(Rule rule, int source) {
        return new RuleSpec(
                source,
                rule.origin().field(),
                rule.direction(),
                new SubjectSpec(
                        rule.subject().namespace(), encode(rule.subject().pods())),
                rule.tier(),
                rule.priority(),
                rule.action(),
                rule.peers().stream().map(RuleCodec::encode).toList(),
                rule.ports().stream().map(RuleCodec::encode).toList());
    }

    /** @throws IllegalArgumentException if the spec is not one that {@link #encode} wrote */
    static Rule decode(RuleSpec spec, PolicySource source, String namespace) {
        return new Rule(
                new Origin(source.kind(), namespace, source.name(), source.generation(), spec.field()),
                spec.direction(),
                new Subject(spec.subject().namespace(), decode(spec.subject().pods())),
                spec.tier(),
                spec.priority(),
                spec.action(),
                spec.peers().stream().map(RuleCodec::decode).toList(),
                spec.ports().stream().map(RuleCodec::decode).toList());
    }

    private static PeerSpec encode(Peer peer) {
        return switch (peer) {
            case Peer.Anyone() -> PeerSpec.of(PeerSpec.Type.ANYONE);
            case Peer.Nobody() -> PeerSpec.of(PeerSpec.Type.NOBODY);
            case Peer.Pods(var namespaces, var own, var pods) ->
                PeerSpec.pods(own, namespaces == null ? null : encode(namespaces), encode(pods));
            case Peer.IpBlock(var cidr, var except) ->
                PeerSpec.ipBlock(cidr.text(), except.stream().map(Cidr::text).toList());
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
                        Cidr.parse(present(spec.cidr(), "an IP_BLOCK peer without cidr")),
                        spec.except().stream().map(Cidr::parse).toList());
        };
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
        return from == null
                ? new PortMatch.AnyPort(spec.protocol())
                : new PortMatch.Range(spec.protocol(), from, to == null ? from : to);
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
