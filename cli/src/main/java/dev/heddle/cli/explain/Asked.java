package dev.heddle.cli.explain;

import dev.heddle.cli.explain.End.OfPod;
import dev.heddle.cli.facts.PodFacts.DeclaredPort;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Rule;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person asks of a connection, beside its ends.
 *
 * @param port number or name; null when it is left to what the receiver declares
 * @param family null when it is left to the addresses of the two ends
 */
public record Asked(
        Protocol protocol, @Nullable String port, @Nullable Family family) {

    /** Protocols by the names that people type. */
    public enum Protocol {
        tcp(6),
        udp(17),
        sctp(132),
        icmp(0);

        private final int number;

        Protocol(int number) {
            this.number = number;
        }

        boolean hasPorts() {
            return this != icmp;
        }

        int number(boolean ipv4) {
            return hasPorts() ? number : ipv4 ? 1 : 58;
        }
    }

    /** Families by the names that people type. */
    public enum Family {
        ipv4,
        ipv6
    }

    /** Documentation addresses (RFC 5737, RFC 3849) and public ones: some are named by no policy. */
    private static final List<Cidr> WORLD = List.of(
                    "203.0.113.77",
                    "198.51.100.77",
                    "192.0.2.77",
                    "9.9.9.9",
                    "93.184.215.14",
                    "151.101.1.1",
                    "2001:db8::77",
                    "2620:fe::9",
                    "2606:2800:21f::77")
            .stream()
            .map(Cidr::host)
            .toList();

    /**
     * The connection between two ends.
     *
     * @param rules of every policy that could decide: world is where they name the least
     * @throws NoAnswerException if there is no such connection
     */
    Connection between(End from, End to, Collection<Rule> rules) {
        return between(from, to, isIpv4(from, to), rules);
    }

    /** The same by the addresses of one family. */
    Connection between(End from, End to, boolean ipv4, Collection<Rule> rules) {
        return Connection.between(from, to, ipv4, world(ipv4, rules), protocol.number(ipv4), port(to));
    }

    private boolean isIpv4(End from, End to) {
        if (family != null) {
            return family == Family.ipv4;
        }
        List<Cidr> theirs = to.addresses().isEmpty() ? from.addresses() : to.addresses();
        return theirs.stream()
                .map(Cidr::isIpv4)
                .filter(ipv4 ->
                        from.addresses().isEmpty() || from.addresses().stream().anyMatch(own -> own.isIpv4() == ipv4))
                .findFirst()
                .orElse(theirs.isEmpty() || theirs.getFirst().isIpv4());
    }

    private static Cidr world(boolean ipv4, Collection<Rule> rules) {
        return WORLD.stream()
                .filter(address -> address.isIpv4() == ipv4)
                .min(Comparator.comparingLong(address -> rules.stream()
                        .flatMap(rule -> rule.peers().stream())
                        .filter(Peer.Ranges.class::isInstance)
                        .map(Peer.Ranges.class::cast)
                        .flatMap(ranges ->
                                java.util.stream.Stream.concat(ranges.in().stream(), ranges.except().stream()))
                        .filter(range -> range.contains(address))
                        .count()))
                .orElseThrow();
    }

    private int port(End to) {
        if (!protocol.hasPorts()) {
            if (port != null) {
                throw new NoAnswerException("ICMP has no ports; leave out --port");
            }
            return 0;
        }
        if (port == null) {
            return declared(to);
        }
        return port.matches("\\d{1,5}") ? number(Integer.parseInt(port)) : named(port, to);
    }

    private static int number(int port) {
        if (port < 1 || port > 65535) {
            throw new NoAnswerException(port + " is no port; ports are 1 to 65535");
        }
        return port;
    }

    private int named(String name, End to) {
        List<NamedPort> ports = to instanceof OfPod receiver ? receiver.pod().ports() : List.of();
        return ports.stream()
                .filter(port -> port.name().equals(name) && port.protocol().number() == protocol.number(true))
                .findFirst()
                .map(NamedPort::port)
                .orElseThrow(() -> new NoAnswerException(to.text() + " has no " + Words.protocol(protocol.number(true))
                        + " port named '" + name + "'" + declaring(to)));
    }

    private int declared(End to) {
        List<DeclaredPort> ports = to instanceof OfPod receiver
                ? receiver.pod().declared().stream()
                        .filter(port -> port.protocol() == protocol.number(true))
                        .toList()
                : List.of();
        if (ports.size() == 1) {
            return ports.getFirst().port();
        }
        throw new NoAnswerException("give a --port" + declaring(to));
    }

    private static String declaring(End to) {
        if (!(to instanceof OfPod receiver) || receiver.pod().declared().isEmpty()) {
            return "";
        }
        return "; " + to.text() + " declares "
                + receiver.pod().declared().stream()
                        .map(port -> Words.protocol(port.protocol()) + " " + port.port()
                                + (port.name().isEmpty() ? "" : " (" + port.name() + ")"))
                        .collect(Collectors.joining(", "));
    }

    /** Whether somebody at this end could be the other family's too. */
    static boolean hasBoth(End end) {
        return end.addresses().stream().map(Cidr::isIpv4).distinct().count() == 2 || end instanceof End.World;
    }
}
