package dev.heddle.policy.oracle;

import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Direction;
import java.util.List;

/**
 * A flow at one of its ends.
 *
 * @param subject the pod at this end
 * @param direction of the flow's first packet, seen from the subject
 * @param other the other end
 * @param protocol IANA number
 * @param port destination port; 0 for protocols without ports
 */
public record Flow(Party.Pod subject, Direction direction, Party other, int protocol, int port) {

    /** The named ports at the end where the flow arrives; none where no pod is known. */
    private List<NamedPort> namedPorts() {
        if (direction == Direction.INGRESS) {
            return subject.ports();
        }
        return other instanceof Party.Pod pod ? pod.ports() : List.of();
    }

    /** Whether it arrives at the container port of this name, of whichever protocol. */
    boolean arrivesAt(String portName) {
        return namedPorts().stream()
                .anyMatch(named ->
                        named.name().equals(portName) && named.protocol().number() == protocol && named.port() == port);
    }

    /** Whether it is between the subject and the node that the subject runs on. */
    public boolean isWithOwnNode() {
        return other instanceof Party.Node node && node.own();
    }
}
