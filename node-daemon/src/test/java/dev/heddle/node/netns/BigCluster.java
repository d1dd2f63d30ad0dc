package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.desired.World;
import dev.heddle.node.kernel.Address;
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
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a node of a big cluster hears of: 50,000 addresses of 5,000 identities on 200 other nodes, 1,000 rules of its own. */
final class BigCluster {

    static final int NODES = 200;
    static final int ADDRESSES = 50_000;

    private static final int NAMESPACES = 50;
    private static final int APPS = 100;
    private static final int RULES = 1_000;

    private BigCluster() {}

    /** Labels of each namespace of the peers. */
    static Map<String, Map<String, String>> namespaces() {
        Map<String, Map<String, String>> namespaces = new TreeMap<>();
        for (int i = 0; i < NAMESPACES; i++) {
            namespaces.put("n" + i, Map.of("name", "n" + i));
        }
        return namespaces;
    }

    static List<Identity> identities() {
        return IntStream.range(0, NAMESPACES * APPS)
                .mapToObj(i -> Identity.of("n" + i / APPS, Map.of("app", "a" + i % APPS), List.of()))
                .toList();
    }

    /** The pod range of another node. */
    static String range(int node) {
        return "10.64." + node + ".0/24";
    }

    /** What another node claims: address to identity hash. */
    static Map<String, String> claims(int node) {
        int each = ADDRESSES / NODES;
        List<Identity> identities = identities().subList(node * each % (NAMESPACES * APPS), NAMESPACES * APPS);
        Map<String, String> claims = new TreeMap<>();
        for (int i = 0; i < each; i++) {
            claims.put("10.64." + node + "." + (1 + i), identities.get(i).hash());
        }
        return claims;
    }

    /** Has a daemon know all of it but the rules. */
    static void fill(World world) {
        namespaces().forEach(world.peers()::namespace);
        identities().forEach(world::identityPublished);
        for (int node = 0; node < NODES; node++) {
            Map<Address, String> claims = new HashMap<>();
            claims(node).forEach((address, hash) -> claims.put(Address.parse(address), hash));
            world.peers().ranges("node-" + node, List.of(Cidr.parse(range(node))));
            world.peers().claims("node-" + node, claims);
        }
        assertThat(world.peers().size()).isGreaterThanOrEqualTo(ADDRESSES);
    }

    /** Rules for the pods a and b of namespace shop. */
    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < RULES; i++) {
            rules.add(rule(i, 8_080));
        }
        return rules;
    }

    /** Lets one app of one namespace reach a port of pod a or b. */
    static Rule rule(int i, int port) {
        return new Rule(
                new Origin("NetworkPolicy", "shop", "p" + i, 1, "spec.ingress[0]"),
                Direction.INGRESS,
                new Subject("shop", selector("app", i % 2 == 0 ? "a" : "b")),
                Tier.NETWORK_POLICY,
                0,
                Action.ACCEPT,
                List.of(new Peer.Pods(
                        selector("name", "n" + i / APPS % NAMESPACES), "shop", selector("app", "a" + i % APPS))),
                List.of(new PortMatch.Range(Protocol.TCP, port, port)));
    }

    private static LabelSelector selector(String key, String value) {
        return new LabelSelector(List.of(new Requirement(key, Requirement.Operator.IN, List.of(value))));
    }
}
