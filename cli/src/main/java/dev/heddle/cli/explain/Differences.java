package dev.heddle.cli.explain;

import dev.heddle.cli.explain.ExplainFacts.Claim;
import dev.heddle.cli.explain.ExplainFacts.NodeReport;
import dev.heddle.cli.explain.Explanation.Kernel;
import dev.heddle.cli.explain.Explanation.Verdict;
import dev.heddle.cli.facts.AddressText;
import dev.heddle.cli.facts.RuleBook;
import dev.heddle.crds.live.LiveVerdict.Outcome;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why one half of a connection meets something else in the kernel than what is written. */
final class Differences {

    private final ExplainFacts facts;
    private final Connection.Half half;
    private final List<Rule> rules;
    private final RuleBook enforced;

    /** @param rules those that select the pod in the half's direction, as written */
    Differences(ExplainFacts facts, Connection.Half half, List<Rule> rules, RuleBook enforced) {
        this.facts = facts;
        this.half = half;
        this.rules = rules;
        this.enforced = enforced;
    }

    /** The reasons that are known, the likeliest first; none if there is no difference. */
    List<String> of(Verdict written, Verdict possible, @Nullable LiveView live, Kernel kernel) {
        List<String> reasons = new ArrayList<>();
        boolean differs = kernel.verdict() != null ? kernel.verdict() != written : possible != written;
        if (!differs) {
            return reasons;
        }
        if (possible != written) {
            reasons.addAll(notEnforced());
        }
        NodeReport node = facts.nodes().get(half.node());
        if (live instanceof LiveView.Answered(var sequence, var found)) {
            if (found.outcome() == Outcome.CLOSED || found.outcome() == Outcome.UNFILTERED) {
                reasons.add(found.why());
            }
            if (node != null && sequence < node.told()) {
                reasons.add(half.node() + " runs all policies up to sequence " + sequence + "; sequence " + node.told()
                        + " is not in force yet");
            }
            if (found.rule() != null) {
                reasons.addAll(olderRule(found.rule()));
            }
            if (found.places() != null && found.places().isPending()) {
                reasons.add(pending());
            }
        }
        if (node != null) {
            reasons.addAll(failures(node));
        }
        if (reasons.isEmpty()) {
            reasons.add("no reason is known: ask again, and if it stays, look at 'kubectl heddle status' and at the"
                    + " operator's log");
        }
        return reasons.stream().distinct().toList();
    }

    private List<String> notEnforced() {
        Set<String> selecting =
                rules.stream().map(rule -> rule.origin().object()).collect(Collectors.toSet());
        return enforced.problems().stream()
                .filter(problem -> selecting.contains(problem.origin().object()))
                .map(Differences::text)
                .toList();
    }

    private static String text(Problem problem) {
        return problem.origin() + ": " + problem.message();
    }

    /** The rule that decided there may be of an object that has changed or is gone. */
    private List<String> olderRule(Origin live) {
        for (Rule rule : rules) {
            Origin now = rule.origin();
            if (now.object().equals(live.object())) {
                return now.generation() == live.generation()
                        ? List.of()
                        : List.of(half.node() + " runs generation " + live.generation() + " of " + live.object()
                                + "; generation " + now.generation() + " is written");
            }
        }
        return List.of(half.node() + " still runs " + live.object() + ", which is gone or selects the pod no more");
    }

    private String pending() {
        String address = AddressText.of(half.flow().other().address());
        String text = half.node() + " has not heard yet who has " + address + ": pending";
        End other = half.direction() == dev.heddle.policy.rule.Direction.EGRESS ? facts.to() : facts.from();
        if (other instanceof End.OfPod peer) {
            NodeReport home = facts.nodes().get(peer.pod().node());
            Claim claim = new Claim(
                    half.flow().other().address(), peer.pod().identity().hash());
            if (home != null && !home.claims().contains(claim)) {
                return text + "; " + peer.pod().node() + " has not published that it is " + peer.text();
            }
        }
        return text;
    }

    private List<String> failures(NodeReport node) {
        Set<String> selecting =
                rules.stream().map(rule -> rule.origin().object()).collect(Collectors.toSet());
        return node.failures().stream()
                .map(failure -> failure.toProblem())
                .filter(problem -> selecting.contains(problem.origin().object()))
                .map(Differences::text)
                .toList();
    }
}
