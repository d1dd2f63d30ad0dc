package dev.heddle.node.kernel;

/**
 * What a program said of one packet.
 *
 * @param direction {@code ingress} or {@code egress}, as the pod sees it
 * @param reason why it was dropped, for people
 * @param rule number of the deciding rule in the image of that revision; 0 when no rule decided
 * @param ifindex of the pod's device
 * @param suppressed drops on that CPU that got no record before this one
 */
public record PacketEvent(
        String direction,
        boolean dropped,
        String reason,
        Address source,
        int sourcePort,
        Address destination,
        int destinationPort,
        int protocol,
        int rule,
        int revision,
        int ifindex,
        long suppressed) {}
