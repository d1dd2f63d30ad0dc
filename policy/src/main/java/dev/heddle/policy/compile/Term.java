package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Tier;
import org.jspecify.annotations.Nullable;

/**
 * A rule, or the part of it with one resolved port name, as rows are computed from it.
 *
 * @param rule number of the rule; numbers follow the precedence
 * @param matcher index of its {@link Matcher}
 * @param ports index of its ports in {@link PortClasses}
 */
record Term(int rule, Tier tier, Action action, int matcher, int ports) {

    /** See {@link LabelSelector#equals}. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Term that
                && rule == that.rule
                && matcher == that.matcher
                && ports == that.ports
                && tier == that.tier
                && action == that.action;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rule + matcher) + ports;
    }
}
