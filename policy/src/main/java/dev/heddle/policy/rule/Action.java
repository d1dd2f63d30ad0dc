package dev.heddle.policy.rule;

/** What a matching rule does to a flow. PASS leaves the decision to the next tier. */
public enum Action {
    ACCEPT,
    DENY,
    PASS
}
