package dev.heddle.operator.index;

import dev.heddle.crds.PolicySource;

/**
 * Something to tell a policy's author: an Event on the policy.
 *
 * @param warning type Warning instead of Normal
 */
public record Note(PolicySource about, boolean warning, Reason reason, String message) {

    /** The reasons of our events. */
    public enum Reason {
        Accepted,
        Enforced,
        Rejected,
        NotEnforced
    }
}
