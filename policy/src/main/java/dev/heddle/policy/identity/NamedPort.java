package dev.heddle.policy.identity;

import dev.heddle.policy.rule.Protocol;

/** A container port with a name: {@code spec.containers[].ports[]} of a pod. */
public record NamedPort(String name, Protocol protocol, int port) implements Comparable<NamedPort> {

    @Override
    public int compareTo(NamedPort other) {
        int byName = name.compareTo(other.name);
        if (byName != 0) {
            return byName;
        }
        int byProtocol = protocol.compareTo(other.protocol);
        return byProtocol != 0 ? byProtocol : Integer.compare(port, other.port);
    }
}
