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
     * The object was not understood, or not all of it.
     *
     * @param problems each names the field
     * @param closed what is enforced instead, never more than the object can mean. Of a NetworkPolicy, rules that deny
     *     everything to its own subjects in its directions: all pods of its namespace when the subjects cannot be
     *     read, both directions when the policy types cannot. Of a ClusterNetworkPolicy, its rules, with the closed
     *     form of those that cannot be read
     */
    record Rejected(List<Problem> problems, List<Rule> closed) implements Translation {
        @Override
        public List<Rule> rules() {
            return closed;
        }
    }
}
