package dev.heddle.cli.facts;

import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.support.Enforceable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All rules of some policies, in the order of evaluation, found by the pods that they select.
 *
 * @param problems what is wrong with the policies, and what of them is not enforced
 */
public record RuleBook(Map<String, List<Rule>> ofNamespace, List<Rule> acrossNamespaces, List<Problem> problems) {

    /** What the policies mean as they are written. */
    public static RuleBook asWritten(Collection<? extends PolicyObject> policies) {
        return of(policies, false);
    }

    /** What Heddle can enforce of them today: what it cannot is closed. */
    public static RuleBook asEnforced(Collection<? extends PolicyObject> policies) {
        return of(policies, true);
    }

    private static RuleBook of(Collection<? extends PolicyObject> policies, boolean enforced) {
        List<Rule> rules = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (PolicyObject policy : policies) {
            var translation = policy.translate();
            problems.addAll(translation.problems());
            Enforceable limited = Datapath.TODAY.limit(translation.rules());
            rules.addAll(enforced ? limited.rules() : translation.rules());
        }
        rules.sort(Rule.PRECEDENCE);
        Map<String, List<Rule>> ofNamespace = new HashMap<>();
        List<Rule> acrossNamespaces = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.subject().namespaces() == null) {
                ofNamespace
                        .computeIfAbsent(rule.subject().namespace(), namespace -> new ArrayList<>())
                        .add(rule);
            } else {
                acrossNamespaces.add(rule);
            }
        }
        return new RuleBook(ofNamespace, acrossNamespaces, List.copyOf(problems));
    }

    /** Every rule there is. */
    public List<Rule> all() {
        List<Rule> all = new ArrayList<>(acrossNamespaces);
        ofNamespace.values().forEach(all::addAll);
        return all;
    }

    /** The rules that select a pod in one direction, in the order of evaluation. */
    public List<Rule> selecting(Party.Pod pod, Direction direction) {
        List<Rule> selecting = new ArrayList<>();
        for (Rule rule : acrossNamespaces) {
            LabelSelector namespaces = rule.subject().namespaces();
            if (rule.direction() == direction
                    && namespaces != null
                    && namespaces.matches(pod.namespaceLabels())
                    && rule.subject().pods().matches(pod.labels())) {
                selecting.add(rule);
            }
        }
        for (Rule rule : ofNamespace.getOrDefault(pod.namespace(), List.of())) {
            if (rule.direction() == direction && rule.subject().pods().matches(pod.labels())) {
                selecting.add(rule);
            }
        }
        selecting.sort(Rule.PRECEDENCE);
        return selecting;
    }
}
