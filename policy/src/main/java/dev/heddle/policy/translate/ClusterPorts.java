package dev.heddle.policy.translate;

import dev.heddle.policy.api.ClusterNetworkPolicySpec.Port;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.PortRange;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.Ports;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.ProtocolMatch;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the protocols of ClusterNetworkPolicies: one port match for each entry that can be read, in order. */
final class ClusterPorts {

    private static final String ONE_OF = "give one of tcp, udp, sctp or destinationNamedPort";

    private ClusterPorts() {}

    /**
     * Reads a rule's protocols.
     *
     * @param peers of the same rule: only pods have names for their ports
     */
    static List<PortMatch> read(@Nullable List<ProtocolMatch> protocols, List<Peer> peers, Field field) {
        if (protocols == null) {
            return List.of();
        }
        if (protocols.isEmpty()) {
            field.reject("an empty list; leave it out to match every protocol");
        }
        List<PortMatch> matches = new ArrayList<>();
        for (int i = 0; i < protocols.size(); i++) {
            protocol(protocols.get(i), peers, field.at(i)).ifPresent(matches::add);
        }
        return matches;
    }

    private static Optional<PortMatch> protocol(ProtocolMatch match, List<Peer> peers, Field field) {
        field.rejectUnknown(match.unknown());
        long set = Stream.of(match.tcp(), match.udp(), match.sctp(), match.destinationNamedPort())
                .filter(Objects::nonNull)
                .count();
        if (set != 1) {
            field.reject(
                    (set == 0 ? "a protocol without any field that is known; " : "a protocol with " + set + " fields; ")
                            + ONE_OF);
            return Optional.empty();
        }
        if (match.destinationNamedPort() != null) {
            return named(match.destinationNamedPort(), peers, field.at("destinationNamedPort"));
        }
        if (match.tcp() != null) {
            return ports(Protocol.TCP, match.tcp(), field.at("tcp"));
        }
        return match.udp() != null
                ? ports(Protocol.UDP, match.udp(), field.at("udp"))
                : ports(Protocol.SCTP, Objects.requireNonNull(match.sctp()), field.at("sctp"));
    }

    private static Optional<PortMatch> named(String name, List<Peer> peers, Field field) {
        if (!PortNames.isValid(name)) {
            field.reject("'" + name + "' is no port name (RFC 6335)");
        }
        if (peers.stream().anyMatch(ClusterPorts::hasNoNamedPorts)) {
            field.reject("nodes, networks and domainNames have no named ports; give the number, or another rule");
        }
        return Optional.of(new PortMatch.Named(null, name));
    }

    private static boolean hasNoNamedPorts(Peer peer) {
        return peer instanceof Peer.Ranges || peer instanceof Peer.Nodes || peer instanceof Peer.DomainNames;
    }

    private static Optional<PortMatch> ports(Protocol protocol, Ports ports, Field field) {
        field.rejectUnknown(ports.unknown());
        Field at = field.at("destinationPort");
        Port port = ports.destinationPort();
        if (port == null) {
            at.reject("a destinationPort is missing; give its number or range");
            return Optional.empty();
        }
        at.rejectUnknown(port.unknown());
        if ((port.number() == null) == (port.range() == null)) {
            at.reject("give either a number or a range");
            return Optional.empty();
        }
        return port.range() == null
                ? range(protocol, port.number(), port.number(), at.at("number"))
                : range(protocol, port.range(), at.at("range"));
    }

    private static Optional<PortMatch> range(Protocol protocol, PortRange range, Field field) {
        field.rejectUnknown(range.unknown());
        return range(protocol, range.start(), range.end(), field);
    }

    private static Optional<PortMatch> range(
            Protocol protocol, @Nullable Integer from, @Nullable Integer to, Field field) {
        if (from == null || to == null || from < 1 || to > 65535 || from > to) {
            field.reject(from + " to " + to + " are no ports; ports are 1 to 65535, the start before the end");
            return Optional.empty();
        }
        return Optional.of(new PortMatch.Range(protocol, from, to));
    }
}
