package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Tier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule, or the part of it with one resolved port name, asks, and what it does then; whichever number the rule has.
 *
 * @param ports none of them by name; empty means every port of every protocol
 */
record Ask(Tier tier, Action action, Matcher matcher, List<PortMatch> ports) {

    /** See {@link LabelSelector#equals}. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Ask that
                        && tier == that.tier
                        && action == that.action
                        && matcher.equals(that.matcher)
                        && ports.equals(that.ports));
    }

    @Override
    public int hashCode() {
        return 31 * matcher.hashCode() + ports.size();
    }
}
