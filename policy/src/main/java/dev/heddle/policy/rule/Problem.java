package dev.heddle.policy.rule;

/** Something in an object that is not enforced as written; the origin names the field. */
public record Problem(Origin origin, Severity severity, String message) {

    /** How much of the object a problem takes away. */
    public enum Severity {
        /** The object cannot be understood; its subjects are closed in its directions. */
        REJECTED,
        /** This field is not enforced; what it would allow stays closed. */
        NOT_ENFORCED
    }
}
