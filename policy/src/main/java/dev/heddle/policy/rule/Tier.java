package dev.heddle.policy.rule;

/** Tiers in the order in which they are evaluated; the declaration order is the precedence. */
public enum Tier {
    ADMIN,
    NETWORK_POLICY,
    BASELINE
}
