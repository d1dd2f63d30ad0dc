package dev.heddle.node.bench.policy;

import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.packetlife.Family;
import dev.heddle.policy.compile.NodeView;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One pod that may send to some peers at one TCP port, by so many rules: each peer is named by one of them, each rule
 * names an equal share. Everything else is denied.
 */
record Workload(int rules, int peers, Family family) {
    static final int PORT = 8080;
    static final String POD = "10.65.0.2";
    static final String HOST = "10.65.0.1";
    /** Covers the peers, and addresses that are none. */
    static final String PEER_RANGE = "10.64.0.0/14";

    static final String POD6 = "fd00:10:245::2";

    static final int FIRST_PEER = 0x0a400001;
    static final int NO_PEER = 0x0a420001;

    private static final String NAMESPACE = "shop";
    private static final String ENDPOINT = "pod";
    /** Spreads the peers over the rules, the first into their middle: a list of rules is passed half, on average. */
    private static final int STRIDE = 7919;
    /** fd00:10:244::, of {@code bench/growth.bpf.c}. */
    private static final long FIRST_NODE = 0xfd00_0010_0244_0000L;

    private static final int PODS_PER_NODE = 64;

    /** Over IPv4. */
    Workload(int rules, int peers) {
        this(rules, peers, Family.IPV4);
    }

    static String address(int peer) {
        return Cidr.ofIpv4(FIRST_PEER + peer).text().replace("/32", "");
    }

    int ruleOf(int peer) {
        return (int) (((long) peer * STRIDE + rules / 2) % rules);
    }

    /** The peers that each rule names, by its place; rules without any are left out. */
    Map<Integer, List<Integer>> peersByRule() {
        Map<Integer, List<Integer>> byRule = new TreeMap<>();
        IntStream.range(0, peers)
                .forEach(peer -> byRule.computeIfAbsent(ruleOf(peer), rule -> new ArrayList<>())
                        .add(peer));
        return byRule;
    }

    /** What a node daemon would know: every peer is a pod with an identity of its own. */
    NodeView view() {
        Map<String, Identity> identities = new TreeMap<>();
        List<NodeView.Claim> claims = new ArrayList<>();
        for (int peer = 0; peer < peers; peer++) {
            Identity identity = Identity.of(
                    NAMESPACE, Map.of("rule", String.valueOf(ruleOf(peer)), "peer", String.valueOf(peer)), List.of());
            String hash = identity.hash();
            identities.put(hash, identity);
            claims.add(new NodeView.Claim(cidr(peer), hash));
        }
        return new NodeView(
                normalized(),
                List.of(new NodeView.LocalEndpoint(ENDPOINT, NAMESPACE, Map.of("app", ENDPOINT), List.of())),
                Map.of(NAMESPACE, Map.of()),
                identities,
                claims,
                List.of(Cidr.parse("10.64.0.0/16"), Cidr.parse("fd00:10:244::/48")));
    }

    /** IPv6 pods as nodes number them, each node in a /64 of its own. */
    private Cidr cidr(int peer) {
        return family == Family.IPV4
                ? Cidr.ofIpv4(FIRST_PEER + peer)
                : new Ipv6(FIRST_NODE + peer / PODS_PER_NODE, 1 + peer % PODS_PER_NODE).cidr();
    }

    /** The id of the only endpoint. */
    static String endpoint() {
        return ENDPOINT;
    }

    private List<Rule> normalized() {
        Origin origin = new Origin("NetworkPolicy", NAMESPACE, "bench", 1, "spec");
        Subject subject = new Subject(NAMESPACE, label("app", ENDPOINT));
        List<Rule> all = new ArrayList<>();
        for (int rule = 0; rule < rules; rule++) {
            all.add(new Rule(
                    origin.at("spec.egress[" + rule + "]"),
                    Direction.EGRESS,
                    subject,
                    Tier.NETWORK_POLICY,
                    0,
                    Action.ACCEPT,
                    List.of(new Peer.Pods(null, NAMESPACE, label("rule", String.valueOf(rule)))),
                    List.of(new PortMatch.Range(Protocol.TCP, PORT, PORT))));
        }
        all.add(new Rule(
                origin,
                Direction.EGRESS,
                subject,
                Tier.NETWORK_POLICY,
                1,
                Action.DENY,
                List.of(new Peer.Anyone()),
                List.of()));
        return all;
    }

    private static LabelSelector label(String key, String value) {
        return new LabelSelector(List.of(new Requirement(key, Requirement.Operator.IN, List.of(value))));
    }

    @Override
    public String toString() {
        String over = family == Family.IPV6 ? ", IPv6" : "";
        return String.format("%,d rules, %,d %s%s", rules, peers, peers == 1 ? "peer" : "peers", over);
    }
}
