package dev.heddle.policy.random;

import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.oracle.Flow;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Small dual-stack clusters with few labels, names and ranges, so that everything meets everything; and the flows to
 * ask them about.
 */
public final class RandomWorld {

    static final List<String> NAMES = List.of("red", "green", "blue");

    private static final List<String> UNCLAIMED =
            List.of("10.244.0.250", "10.244.1.251", "10.244.200.1", "fd00:244::ffff", "fd00:244:0:1::ff9");
    private static final List<String> OUTSIDE = List.of(
            "10.0.0.1",
            "10.1.2.3",
            "192.0.2.7",
            "192.0.2.131",
            "8.8.8.8",
            "255.255.255.255",
            "fd00:9::1",
            "2001:db8::53",
            "2001:db8:2::77",
            "::1");
    private static final int[] PROTOCOLS = {6, 6, 17, 132, 1};
    private static final int[] PORTS = {1, 53, 80, 1023, 1024, 8080, 8082, 8083, 65_535};

    private RandomWorld() {}

    public static World of(Draw draw) {
        Map<String, Map<String, String>> namespaces = new TreeMap<>();
        NAMES.subList(0, 1 + draw.below(3))
                .forEach(name -> namespaces.put(name, labels(draw, "kubernetes.io/metadata.name", name)));
        List<Party.Pod> pods = new ArrayList<>();
        int count = 2 + draw.below(8);
        for (int i = 0; i < count; i++) {
            String namespace = draw.of(List.copyOf(namespaces.keySet()));
            Map<String, String> own = labels(draw, "app", draw.of("a", "b", "c"));
            List<NamedPort> ports = ports(draw);
            int host = 1 + 8 * i + draw.below(8);
            List<String> addresses = new ArrayList<>();
            addresses.add("10.244." + draw.below(2) + "." + host);
            addresses.add("fd00:244:0:" + draw.below(2) + "::" + Integer.toHexString(host));
            int without = draw.below(3); // of three pods one has both
            if (without < addresses.size()) {
                addresses.remove(without);
            }
            for (String address : addresses) {
                pods.add(new Party.Pod(
                        namespace, namespaces.getOrDefault(namespace, Map.of()), own, ports, Cidr.host(address)));
            }
        }
        return new World(namespaces, pods, nodes(), List.of(Cidr.parse("10.244.0.0/16"), Cidr.parse("fd00:244::/48")));
    }

    /** Everybody whom a pod can meet in this direction: pods, addresses of nobody, nodes, the world near and far. */
    public static List<Party> parties(World world, Direction direction) {
        List<Party> parties = new ArrayList<>(world.pods());
        parties.addAll(world.nodes());
        UNCLAIMED.forEach(address -> parties.add(new Party.Unidentified(Cidr.host(address))));
        OUTSIDE.forEach(address -> parties.add(new Party.Outside(Cidr.host(address))));
        if (direction == Direction.INGRESS) {
            // Whoever comes from elsewhere under a node's address is the world.
            world.nodes().forEach(node -> parties.add(new Party.Outside(node.address())));
        }
        return parties;
    }

    public static Flow flow(Draw draw, Party.Pod subject, Direction direction, Party other) {
        int protocol = PROTOCOLS[draw.below(PROTOCOLS.length)];
        int port = protocol == 1 ? 0 : PORTS[draw.below(PORTS.length)];
        return new Flow(subject, direction, other, protocol, port);
    }

    private static List<Party.Node> nodes() {
        Map<String, String> own = Map.of("zone", "a", "name", "own");
        Map<String, String> other = Map.of("zone", "b", "name", "other");
        return List.of(
                new Party.Node(own, Cidr.host("192.0.2.1"), true),
                new Party.Node(own, Cidr.host("10.244.0.254"), true), // the bridge of its pods
                new Party.Node(own, Cidr.host("2001:db8:2::1"), true),
                new Party.Node(other, Cidr.host("192.0.2.130"), false),
                new Party.Node(other, Cidr.host("2001:db8:2::82"), false));
    }

    private static Map<String, String> labels(Draw draw, String key, String value) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(key, value);
        if (draw.oneIn(2)) {
            labels.put("tier", draw.of("a", "b", "c"));
        }
        if (draw.oneIn(4)) {
            labels.put("odd", "a");
        }
        return labels;
    }

    private static List<NamedPort> ports(Draw draw) {
        List<NamedPort> ports = new ArrayList<>();
        if (draw.oneIn(2)) {
            ports.add(new NamedPort("web", Protocol.TCP, draw.of(80, 8080)));
        }
        if (draw.oneIn(3)) {
            ports.add(new NamedPort("dns", Protocol.UDP, 53));
            ports.add(new NamedPort("dns", draw.of(Protocol.TCP, Protocol.SCTP), draw.of(53, 1024)));
        }
        return ports;
    }
}
