package dev.heddle.node.kernel;

import dev.heddle.policy.rule.Direction;

/**
 * What a program said of one packet: that it was dropped, or that it passed and began a flow.
 *
 * @param nanos when, by {@link System#nanoTime}
 * @param direction as the pod sees it
 * @param reason why it was dropped, for people
 * @param rule number of the deciding rule in the image of that revision; 0 when no rule decided
 * @param peer number of the other end, as the tables of that revision have it; {@link #NOT_ASKED} of a packet that was
 *     dropped before policy judged it
 * @param ifindex of the pod's device
 * @param suppressed packets of this kind on that CPU that got no record before this one
 */
public record PacketEvent(
        long nanos,
        Direction direction,
        boolean dropped,
        String reason,
        Address source,
        int sourcePort,
        Address destination,
        int destinationPort,
        int protocol,
        int rule,
        int peer,
        int revision,
        int ifindex,
        long suppressed) {

    /** Instead of a peer's number. */
    public static final int NOT_ASKED = -1;
}
