package dev.heddle.policy.random;

import dev.heddle.policy.compile.NodeView;
import dev.heddle.policy.compile.NodeView.Claim;
import dev.heddle.policy.compile.NodeView.ClusterNode;
import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A small cluster with few labels, names and ranges, so that everything meets everything. */
final class RandomCluster {

    static final Cidr POD_RANGE = Cidr.parse("10.244.0.0/16");
    static final Party.Node OWN_NODE = new Party.Node(Map.of("zone", "a"), Cidr.host("192.0.2.1"), true);
    static final Party.Node OTHER_NODE =
            new Party.Node(Map.of("zone", "b", "name", "other"), Cidr.host("192.0.2.130"), false);
    private static final List<String> VALUES = List.of("a", "b", "c");

    private final Random random;
    final List<String> names;
    final Map<String, Map<String, String>> namespaces = new TreeMap<>();
    final List<Party.Pod> pods = new ArrayList<>();

    RandomCluster(Random random) {
        this.random = random;
        this.names = List.of("red", "green", "blue").subList(0, 1 + random.nextInt(3));
        names.forEach(name -> namespaces.put(name, labels("kubernetes.io/metadata.name", name)));
        int count = 2 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            String namespace = pick(names);
            Cidr address = Cidr.host("10.244." + random.nextInt(2) + "." + (1 + 8 * i + random.nextInt(8)));
            pods.add(new Party.Pod(
                    namespace,
                    namespaces.getOrDefault(namespace, Map.of()),
                    labels("app", pick(VALUES)),
                    ports(),
                    address));
        }
    }

    /** What a node knows that has the first pods and has heard of the claims of these. */
    NodeView view(List<Rule> rules, int local, List<Party.Pod> claimed) {
        List<LocalEndpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < local; i++) {
            Party.Pod pod = pods.get(i);
            endpoints.add(new LocalEndpoint(String.valueOf(i), pod.namespace(), pod.labels(), pod.ports()));
        }
        Map<String, Identity> identities = new HashMap<>();
        List<Claim> claims = new ArrayList<>();
        for (Party.Pod pod : claimed) {
            Identity identity = identity(pod);
            identities.put(identity.hash(), identity);
            claims.add(new Claim(pod.address(), identity.hash()));
        }
        List<ClusterNode> nodes = Stream.of(OWN_NODE, OTHER_NODE)
                .map(node -> new ClusterNode(node.labels(), List.of(node.address()), node.own()))
                .toList();
        return new NodeView(rules, endpoints, namespaces, identities, claims, List.of(POD_RANGE), nodes);
    }

    static Identity identity(Party.Pod pod) {
        return Identity.of(pod.namespace(), pod.labels(), pod.ports());
    }

    /** Every pod, addresses that nobody claims, the world near and far, and the own node. */
    List<Party> parties() {
        List<Party> parties = new ArrayList<>(pods);
        for (String address : List.of("10.244.0.250", "10.244.1.251", "10.244.200.1")) {
            parties.add(new Party.Unidentified(Cidr.host(address)));
        }
        for (String address :
                List.of("10.0.0.1", "10.1.2.3", "192.0.2.7", "192.0.2.131", "8.8.8.8", "255.255.255.255")) {
            parties.add(new Party.Outside(Cidr.host(address)));
        }
        parties.add(OWN_NODE);
        parties.add(OTHER_NODE);
        return parties;
    }

    private Map<String, String> labels(String key, String value) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(key, value);
        if (random.nextBoolean()) {
            labels.put("tier", pick(VALUES));
        }
        if (random.nextInt(4) == 0) {
            labels.put("odd", "a");
        }
        return labels;
    }

    private List<NamedPort> ports() {
        List<NamedPort> ports = new ArrayList<>();
        if (random.nextBoolean()) {
            ports.add(new NamedPort("web", Protocol.TCP, random.nextBoolean() ? 80 : 8080));
        }
        if (random.nextInt(3) == 0) {
            ports.add(new NamedPort("dns", Protocol.UDP, 53));
        }
        return ports;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
