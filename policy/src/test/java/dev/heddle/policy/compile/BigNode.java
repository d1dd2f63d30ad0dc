package dev.heddle.policy.compile;

import dev.heddle.policy.compile.NodeView.Claim;
import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A node with 100 pods in a cluster of 50 namespaces and 5,000 identities, and many rules of one shape. */
final class BigNode {

    private static final int NAMESPACES = 50;
    private static final int APPS = 100;
    private static final int LOCAL = 100;

    /** What differs from rule to rule. */
    enum Shape {
        /** Everywhere a few: rules of all namespaces, of pods for pods, on a few dozen ports. */
        SPREAD("spread"),
        /** All rules select the same pod. */
        ONE_POD("on one pod"),
        /** Every rule names the world without a range of its own. */
        RANGES("with ranges"),
        /** Every rule has a port of its own, for the same peers. */
        PORTS("with ports"),
        /** Every rule selects pods of all namespaces. */
        CLUSTER_WIDE("cluster-wide");

        private final String label;

        Shape(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private BigNode() {}

    static NodeView with(Shape shape, int rules, int addresses) {
        Map<String, Map<String, String>> namespaces = new HashMap<>();
        Map<String, Identity> identities = new HashMap<>();
        List<String> hashes = new ArrayList<>();
        for (int i = 0; i < NAMESPACES; i++) {
            namespaces.put("n" + i, Map.of("name", "n" + i, "team", "t" + i % 10));
            for (int app = 0; app < APPS; app++) {
                Identity identity = Identity.of("n" + i, labels(app), List.of());
                hashes.add(identity.hash());
                identities.put(hashes.getLast(), identity);
            }
        }
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < addresses; i++) {
            Cidr address = Cidr.host("10.64." + i / 250 + "." + (1 + i % 250));
            claims.add(new Claim(address, hashes.get(i % hashes.size())));
        }
        List<LocalEndpoint> endpoints = IntStream.range(0, LOCAL)
                .mapToObj(i -> new LocalEndpoint("e" + i, "n" + i % NAMESPACES, labels(i / NAMESPACES), List.of()))
                .toList();
        return new NodeView(
                IntStream.range(0, rules).mapToObj(i -> rule(shape, i)).toList(),
                endpoints,
                namespaces,
                identities,
                claims,
                List.of(Cidr.parse("10.64.0.0/16")));
    }

    private static Map<String, String> labels(int app) {
        return Map.of("app", "a" + app, "tier", "t" + app % 7);
    }

    private static Rule rule(Shape shape, int i) {
        String namespace = shape == Shape.ONE_POD ? "n0" : "n" + i % NAMESPACES;
        int app = shape == Shape.ONE_POD ? 0 : i / NAMESPACES % 2;
        boolean clusterWide = shape == Shape.CLUSTER_WIDE;
        return new Rule(
                new Origin(
                        clusterWide ? "ClusterNetworkPolicy" : "NetworkPolicy",
                        clusterWide ? "" : namespace,
                        "p" + i,
                        1,
                        "spec.ingress[0]"),
                Direction.INGRESS,
                clusterWide
                        ? Subject.acrossNamespaces(LabelSelector.EVERYTHING, selector("app", "a" + i % 2))
                        : new Subject(namespace, selector("app", "a" + app)),
                clusterWide ? Tier.ADMIN : Tier.NETWORK_POLICY,
                clusterWide ? i : 0,
                clusterWide && i % 3 == 0 ? Action.PASS : Action.ACCEPT,
                List.of(peer(shape, i)),
                List.of(port(shape, i)));
    }

    private static Peer peer(Shape shape, int i) {
        if (shape == Shape.RANGES) {
            return new Peer.IpBlock(
                    Cidr.parse("0.0.0.0/0"), List.of(Cidr.parse("100." + (64 + i / 256) + "." + i % 256 + ".0/24")));
        }
        // Each pair of a namespace and an app once, then again.
        int peer = shape == Shape.PORTS ? 0 : i;
        return new Peer.Pods(selector("name", "n" + peer / APPS % NAMESPACES), "", selector("app", "a" + peer % APPS));
    }

    private static PortMatch port(Shape shape, int i) {
        int port = 1 + (shape == Shape.PORTS ? i : i % 40);
        return new PortMatch.Range(Protocol.TCP, port, port);
    }

    private static LabelSelector selector(String key, String value) {
        return new LabelSelector(List.of(new Requirement(key, Requirement.Operator.IN, List.of(value))));
    }
}
