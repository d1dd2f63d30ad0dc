package dev.heddle.cli.facts;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod.
 *
 * @param node where it runs; empty until it is scheduled
 * @param hostNetwork it is its node: no policy selects it, none means it
 * @param finished it will not run again
 * @param ports container ports with a name
 * @param declared every container port
 * @param addresses the primary one first; empty until it has any
 */
public record PodFacts(
        String namespace,
        String name,
        Owner owner,
        String node,
        boolean hostNetwork,
        boolean finished,
        Map<String, String> labels,
        List<NamedPort> ports,
        List<DeclaredPort> declared,
        List<Cidr> addresses) {

    public PodFacts {
        labels = Map.copyOf(labels);
        ports = List.copyOf(ports);
        declared = List.copyOf(declared);
        addresses = List.copyOf(addresses);
    }

    /** A container port; {@code name} may be empty. */
    public record DeclaredPort(String name, int protocol, int port) {}

    /** Whether it is on the network by itself. */
    public boolean isOnTheNetwork() {
        return !hostNetwork && !finished && !addresses.isEmpty();
    }

    public Optional<Cidr> address(boolean ipv4) {
        return addresses.stream().filter(address -> address.isIpv4() == ipv4).findFirst();
    }

    /** The pod as somebody means it who names one of its addresses. */
    public PodFacts at(Cidr address) {
        return new PodFacts(
                namespace, name, owner, node, hostNetwork, finished, labels, ports, declared, List.of(address));
    }

    public Identity identity() {
        return Identity.of(namespace, labels, ports);
    }

    /** {@code namespace/name}. */
    public String key() {
        return namespace + "/" + name;
    }
}
