package dev.heddle.policy.compile;

import dev.heddle.policy.compile.NodeView.Claim;
import dev.heddle.policy.compile.NodeView.ClusterNode;
import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Builds what a node knows, one fact after the other. Pod range 10.244.0.0/16, one endpoint {@code shop/api}. */
final class Nodes {

    final List<Rule> rules = new ArrayList<>();
    final List<LocalEndpoint> endpoints = new ArrayList<>();
    final Map<String, Map<String, String>> namespaces = new HashMap<>(Map.of("shop", Map.of("team", "a")));
    final Map<String, Identity> identities = new HashMap<>();
    final List<Claim> claims = new ArrayList<>();
    final List<ClusterNode> nodes = new ArrayList<>();
    final PeerNumbering numbering;

    Nodes() {
        this(65_536);
    }

    Nodes(int peerNumbers) {
        numbering = new PeerNumbering(peerNumbers);
        endpoints.add(new LocalEndpoint("api", "shop", Map.of("app", "api"), List.of()));
    }

    Nodes pod(String address, String namespace, String app) {
        Identity identity = Identity.of(namespace, Map.of("app", app), List.of());
        identities.put(identity.hash(), identity);
        claims.add(new Claim(Cidr.host(address), identity.hash()));
        return this;
    }

    /** Isolates ingress of every pod of a namespace, and accepts these peers. */
    Nodes policy(String namespace, String name, List<Peer> peers, List<PortMatch> ports) {
        rules.add(rule(namespace, name, 0, Action.ACCEPT, peers, ports));
        rules.add(rule(namespace, name, 1, Action.DENY, List.of(new Peer.Anyone()), List.of()));
        return this;
    }

    static Rule rule(
            String namespace, String name, int priority, Action action, List<Peer> peers, List<PortMatch> ports) {
        return new Rule(
                new Origin("NetworkPolicy", namespace, name, 1, priority == 0 ? "spec.ingress[0]" : "spec.podSelector"),
                Direction.INGRESS,
                new Subject(namespace, LabelSelector.EVERYTHING),
                Tier.NETWORK_POLICY,
                priority,
                action,
                peers,
                ports);
    }

    static Peer app(String app) {
        return new Peer.Pods(
                null,
                "shop",
                new LabelSelector(List.of(new Requirement("app", Requirement.Operator.IN, List.of(app)))));
    }

    static Peer team(String team) {
        return new Peer.Pods(
                new LabelSelector(List.of(new Requirement("team", Requirement.Operator.IN, List.of(team)))),
                "",
                LabelSelector.EVERYTHING);
    }

    static Peer block(String cidr, String... except) {
        return new Peer.IpBlock(
                Cidr.parse(cidr), List.of(except).stream().map(Cidr::parse).toList());
    }

    Image compile() {
        return compile(Capacity.OF_THE_KERNEL_TABLES);
    }

    Image compile(Capacity capacity) {
        return Compiler.compile(view(), numbering, capacity);
    }

    /** For the addresses of an earlier image. */
    Image recompile(Image before) {
        return Compiler.recompile(before, List.of(), view(), numbering, Capacity.OF_THE_KERNEL_TABLES)
                .orElseThrow();
    }

    private NodeView view() {
        return new NodeView(
                rules, endpoints, namespaces, identities, claims, List.of(Cidr.parse("10.244.0.0/16")), nodes);
    }

    static Verdict ingress(Image image, String endpoint, String from) {
        return ingress(image, endpoint, image.prefixes().peer(Cidr.host(from)));
    }

    static Verdict ingress(Image image, String endpoint, int peer) {
        Subjects subjects = Objects.requireNonNull(image.subjects().get(endpoint));
        return image.judge(subjects.ingress(), peer, 6, 80);
    }
}
