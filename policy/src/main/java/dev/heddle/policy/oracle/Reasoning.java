package dev.heddle.policy.oracle;

import dev.heddle.policy.rule.Rule;
import java.util.List;

/**
 * How a judgement came about.
 *
 * @param steps one for each rule that selects the subject in the flow's direction, in the order of evaluation, up to the
 *     one that decided
 */
public record Reasoning(Judgement judgement, List<Step> steps) {

    public Reasoning {
        steps = List.copyOf(steps);
    }

    /** No rule decided: what nobody denies is accepted. */
    static Reasoning undecided(List<Step> steps) {
        return new Reasoning(new Judgement(true, null), steps);
    }

    /** What one rule makes of the flow. */
    public record Step(Rule rule, Outcome outcome) {}

    /** What a rule can make of a flow. */
    public enum Outcome {
        /** It decides: the flow is accepted. */
        ACCEPTS,
        /** It decides: the flow is denied. */
        DENIES,
        /** It decides: who the other end is is not known, and it may be one that this rule denies or passes. */
        DENIES_UNKNOWN_PEER,
        /** It would deny, but no NetworkPolicy stands between a pod and its own node: the flow is accepted. */
        SPARES_OWN_NODE,
        /** It leaves the flow to the next tier. */
        PASSES,
        /** It is not asked: an earlier rule left the flow to the next tier. */
        PASSED_OVER,
        /** It is not about the other end. */
        OTHER_PEER,
        /** It is about the other end, at other ports. */
        OTHER_PORT
    }
}
