package dev.heddle.cli.whatif;

import dev.heddle.cli.facts.PolicyObject;
import dev.heddle.cli.facts.RuleBook;
import dev.heddle.cli.whatif.WhatIf.FieldProblem;
import dev.heddle.cli.whatif.WhatIf.PairChange;
import dev.heddle.cli.whatif.WhatIf.Workload;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Problem.Severity;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers what a change would do. */
public final class WhatIfs {

    private WhatIfs() {}

    /**
     * Compares the cluster as it is with the cluster as it would be.
     *
     * @param notes what a reader must know already
     */
    public static WhatIf of(WhatIfFacts facts, Proposal proposal, List<String> notes) {
        Collection<PolicyObject> wanted = proposal.to(facts.policies());
        RuleBook before = RuleBook.asEnforced(facts.policies());
        RuleBook after = RuleBook.asEnforced(wanted);
        List<Rule> rules = new ArrayList<>(before.all());
        rules.addAll(after.all());
        List<Group> groups = new Groups(facts, rules).all();
        Comparison comparison = new Comparison(groups, before, after);
        List<Problem> problems = proposal.applied().stream()
                .flatMap(policy -> policy.translate().problems().stream())
                .toList();
        Map<String, Integer> namesakes = new HashMap<>();
        groups.forEach(group -> namesakes.merge(group.name(), 1, Integer::sum));
        List<PairChange> pairs = comparison.changes().stream()
                .map(change -> pair(change, namesakes))
                .sorted(Comparator.comparing((PairChange pair) -> pair.from().name())
                        .thenComparing(pair -> pair.to().name()))
                .toList();
        return new WhatIf(
                !pairs.isEmpty(),
                problems.stream().noneMatch(problem -> problem.severity() == Severity.REJECTED),
                problems.stream()
                        .map(problem -> new FieldProblem(problem.origin(), problem.severity(), problem.message()))
                        .toList(),
                pairs,
                groups.size(),
                comparison.compared(),
                notes);
    }

    private static PairChange pair(Change change, Map<String, Integer> namesakes) {
        return new PairChange(
                workload(change.from(), namesakes, false),
                workload(change.to(), namesakes, change.ownNode()),
                change.family().isEmpty() ? null : change.family(),
                PortText.of(change.ports()));
    }

    private static Workload workload(Group group, Map<String, Integer> namesakes, boolean ownNode) {
        boolean pods = group.kind() == Group.Kind.PODS;
        boolean alone = namesakes.getOrDefault(group.name(), 0) == 1;
        return new Workload(
                ownNode ? "the pod's own node" : group.name(),
                pods ? group.size() : null,
                pods && !alone ? group.example() : null);
    }
}
