package dev.heddle.crds;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Protocol;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of an identity: all pods that have it are alike to every policy.
 *
 * @param namespace the pods' namespace
 * @param labels the pods' labels, without those that never matter
 * @param ports the pods' container ports that have a name
 */
@Wire
@ValidationRule(value = "self == oldSelf", message = "an Identity is immutable; its name is the hash of its content")
public record IdentitySpec(@Required String namespace, SortedMap<String, String> labels, List<NamedPortSpec> ports) {

    public IdentitySpec {
        labels = labels == null
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        ports = Lists.copyOf(ports);
    }

    static IdentitySpec of(Identity identity) {
        return new IdentitySpec(
                identity.namespace(),
                identity.labels(),
                identity.ports().stream()
                        .map(port -> new NamedPortSpec(port.name(), port.protocol(), port.port()))
                        .toList());
    }

    Identity toIdentity() {
        return new Identity(
                namespace,
                labels,
                ports.stream()
                        .map(port -> new NamedPort(port.name(), port.protocol(), port.port()))
                        .toList());
    }

    /**
     * A container port with a name.
     *
     * @param name the port's name, as policies use it
     * @param protocol the port's protocol
     * @param port the port's number
     */
    @Wire
    public record NamedPortSpec(
            @Required String name,
            @Required Protocol protocol,
            @Required @Min(1) @Max(65535) int port) {}
}
