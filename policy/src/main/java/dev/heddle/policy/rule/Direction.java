package dev.heddle.policy.rule;

/** The direction of a flow's first packet, seen from the subject. */
public enum Direction {
    INGRESS,
    EGRESS;

    public Direction opposite() {
        return this == INGRESS ? EGRESS : INGRESS;
    }
}
