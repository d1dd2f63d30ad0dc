package dev.heddle.policy.support;

import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Rule;
import java.util.List;

/**
 * Rules as far as a datapath can enforce them.
 *
 * @param rules the same rules without the terms it cannot enforce; they accept nothing more than the original
 * @param problems one for each term that was taken out, naming its field
 */
public record Enforceable(List<Rule> rules, List<Problem> problems) {
    public Enforceable {
        rules = List.copyOf(rules);
        problems = List.copyOf(problems);
    }
}
