package dev.heddle.crds;

import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Protocol;
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
                encode(rule.subject(), rule.origin().namespace()),
                rule.tier(),
                rule.priority(),
                rule.position(),
                rule.action(),
                rule.peers().stream()
                        .map(peer -> encode(peer, rule.origin().namespace()))
                        .toList(),
                rule.ports().stream().map(RuleCodec::encode).toList());
    }

    /** @throws IllegalArgumentException if the spec is not one that {@link #encode} wrote */
    static Rule decode(RuleSpec spec, PolicySource source, String namespace) {
        return new Rule(
                new Origin(source.kind(), namespace, source.name(), source.generation(), spec.field()),
                spec.direction(),
                decode(spec.subject(), namespace),
                spec.tier(),
                spec.priority(),
                spec.position(),
                spec.action(),
                spec.peers().stream().map(peer -> decode(peer, namespace)).toList(),
                spec.ports().stream().map(RuleCodec::decode).toList());
    }

    private static SubjectSpec encode(Subject subject, String namespace) {
        LabelSelector namespaces = subject.namespaces();
        if (namespaces == null) {
            same(subject.namespace(), namespace);
        }
        return new SubjectSpec(
                namespaces == null ? null : SelectorText.of(namespaces), SelectorText.of(subject.pods()));
    }

    private static Subject decode(SubjectSpec spec, String namespace) {
        LabelSelector pods = SelectorText.parse(spec.pods());
        return spec.namespaces() == null
                ? new Subject(namespace, pods)
                : Subject.acrossNamespaces(SelectorText.parse(spec.namespaces()), pods);
    }

    private static PeerSpec encode(Peer peer, String namespace) {
        return switch (peer) {
            case Peer.Anyone() -> PeerSpec.anyone(true);
            case Peer.Nobody() -> PeerSpec.anyone(false);
            case Peer.Pods(var namespaces, var own, var pods) -> {
                same(own, namespace);
                yield PeerSpec.pods(namespaces == null ? null : SelectorText.of(namespaces), SelectorText.of(pods));
            }
            case Peer.IpBlock(var cidr, var except) -> PeerSpec.ipBlock(cidr.text(), texts(except));
            case Peer.Networks(var ranges) -> PeerSpec.networks(texts(ranges));
            case Peer.Nodes(var nodes) -> PeerSpec.nodes(SelectorText.of(nodes));
            case Peer.DomainNames(var names) -> PeerSpec.domainNames(names);
        };
    }

    /** What a version does not know is no peer at all, and never taken for another one. */
    private static Peer decode(PeerSpec spec, String namespace) {
        if (spec.pods() != null) {
            return new Peer.Pods(
                    spec.namespaces() == null ? null : SelectorText.parse(spec.namespaces()),
                    namespace,
                    SelectorText.parse(spec.pods()));
        }
        if (spec.cidr() != null) {
            return new Peer.IpBlock(Cidr.parse(spec.cidr()), ranges(spec.except()));
        }
        if (spec.cidrs() != null) {
            return new Peer.Networks(ranges(spec.cidrs()));
        }
        if (spec.nodes() != null) {
            return new Peer.Nodes(SelectorText.parse(spec.nodes()));
        }
        if (spec.domainNames() != null) {
            return new Peer.DomainNames(spec.domainNames());
        }
        return present(spec.anyone(), "a peer that says neither anyone, pods, cidr, cidrs, nodes nor domainNames")
                ? new Peer.Anyone()
                : new Peer.Nobody();
    }

    /** What is of the rule's own namespace does not say so. */
    private static void same(String said, String namespace) {
        if (!said.equals(namespace)) {
            throw new IllegalArgumentException(
                    "a rule of namespace '" + namespace + "' that says its own is '" + said + "'");
        }
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
            case PortMatch.Range(var protocol, var from, var to) ->
                new PortSpec(protocol, from, from == to ? null : to, null);
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

    private static <T> T present(@Nullable T value, String otherwise) {
        if (value == null) {
            throw new IllegalArgumentException(otherwise);
        }
        return value;
    }
}
