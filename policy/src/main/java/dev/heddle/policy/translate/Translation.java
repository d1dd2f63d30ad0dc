package dev.heddle.policy.translate;

import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Rule;
import java.util.List;

/** What became of one policy object. */
public sealed interface Translation {

    /** The rules to be used for the object, whatever became of it. */
    List<Rule> rules();

    /** What the object's author must know. */
    List<Problem> problems();

    /**
     * The object was understood.
     *
     * @param rules everything it says
     * @param notEnforced the parts that the datapath cannot enforce; what they would allow stays closed
     */
    record Translated(List<Rule> rules, List<Problem> notEnforced) implements Translation {
        @Override
        public List<Problem> problems() {
            return notEnforced;
        }
    }

    /**
     * The object was not understood.
     *
     * @param problems each names the field
     * @param closed rules that deny everything to the object's own subjects in its directions: all pods of its
     *     namespace when the subjects cannot be read, both directions when the policy types cannot
     */
    record Rejected(List<Problem> problems, List<Rule> closed) implements Translation {
        @Override
        public List<Rule> rules() {
            return closed;
        }
    }
}
