package dev.heddle.policy.prose;

import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.oracle.Flow;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Who plays in the sentences: {@code web} and {@code db} in namespace shop (team a), {@code ledger} in namespace bank (team
 * b), the node {@code own} that they run on and the node {@code other}, and the {@code internet}. Each has an IPv4
 * address, and by the name with a 6 behind it an IPv6 address.
 */
final class Cast {

    private static final Map<String, Map<String, String>> NAMESPACES =
            Map.of("shop", Map.of("team", "a"), "bank", Map.of("team", "b"));
    private static final Map<String, Party> PARTIES = new HashMap<>();
    static final World WORLD;

    static {
        pod("web", "shop", 1, new NamedPort("http", Protocol.TCP, 8080), new NamedPort("http", Protocol.UDP, 8443));
        pod("db", "shop", 2, new NamedPort("http", Protocol.TCP, 9090), new NamedPort("sig", Protocol.SCTP, 2905));
        pod("ledger", "bank", 3);
        PARTIES.put("own", new Party.Node(Map.of("role", "worker"), Cidr.host("192.0.2.1"), true));
        PARTIES.put("own6", new Party.Node(Map.of("role", "worker"), Cidr.host("2001:db8:2::1"), true));
        PARTIES.put("other", new Party.Node(Map.of("role", "control"), Cidr.host("192.0.2.2"), false));
        PARTIES.put("other6", new Party.Node(Map.of("role", "control"), Cidr.host("2001:db8:2::2"), false));
        PARTIES.put("internet", new Party.Outside(Cidr.host("198.51.100.7")));
        PARTIES.put("internet6", new Party.Outside(Cidr.host("2001:db8:51::7")));
        WORLD = new World(
                NAMESPACES,
                parties(Party.Pod.class),
                parties(Party.Node.class),
                List.of(Cidr.parse("10.244.0.0/16"), Cidr.parse("fd00:244::/64")));
    }

    private Cast() {}

    /** Both ends of {@code SOURCE -> DESTINATION PROTOCOL [PORT]} that are pods, the sender's first. */
    static List<Flow> ends(String flow) {
        String[] words = flow.replace("-> ", "").split(" ", -1);
        Party source = party(words[0]);
        Party destination = party(words[1]);
        int protocol = words[2].equals("icmp")
                ? 1
                : Protocol.valueOf(words[2].toUpperCase(Locale.ROOT)).number();
        int port = words.length > 3 ? Integer.parseInt(words[3]) : 0;
        List<Flow> ends = new ArrayList<>();
        if (source instanceof Party.Pod pod) {
            ends.add(new Flow(pod, Direction.EGRESS, destination, protocol, port));
        }
        if (destination instanceof Party.Pod pod) {
            ends.add(new Flow(pod, Direction.INGRESS, source, protocol, port));
        }
        return ends;
    }

    private static Party party(String name) {
        return Objects.requireNonNull(PARTIES.get(name), name);
    }

    private static void pod(String name, String namespace, int number, NamedPort... ports) {
        Map<String, String> namespaceLabels = Objects.requireNonNull(NAMESPACES.get(namespace));
        Map<String, String> labels = Map.of("app", name);
        PARTIES.put(
                name,
                new Party.Pod(namespace, namespaceLabels, labels, List.of(ports), Cidr.host("10.244.0." + number)));
        PARTIES.put(
                name + "6",
                new Party.Pod(namespace, namespaceLabels, labels, List.of(ports), Cidr.host("fd00:244::" + number)));
    }

    private static <T extends Party> List<T> parties(Class<T> kind) {
        return PARTIES.values().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
