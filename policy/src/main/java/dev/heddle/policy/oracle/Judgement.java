package dev.heddle.policy.oracle;

import dev.heddle.policy.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a flow at one of its ends.
 *
 * @param decidedBy the rule that decided, or null if none did
 */
public record Judgement(boolean accepted, @Nullable Rule decidedBy) {}
