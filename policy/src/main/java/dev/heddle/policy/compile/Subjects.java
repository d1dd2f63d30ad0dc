package dev.heddle.policy.compile;

/**
 * The subjects of one endpoint, for the two directions; endpoints with the same rules share them.
 *
 * @param ingress index of the first dimension of {@code rows} for packets to the pod
 * @param egress the same for packets from the pod
 */
public record Subjects(int ingress, int egress) {

    /** The subject that no rule selects: everything is accepted. */
    public static final int WITHOUT_RULES = 0;
}
