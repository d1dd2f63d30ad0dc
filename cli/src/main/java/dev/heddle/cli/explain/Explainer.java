package dev.heddle.cli.explain;

import dev.heddle.cli.explain.Explanation.EndName;
import dev.heddle.cli.explain.Explanation.Half;
import dev.heddle.cli.explain.Explanation.Kernel;
import dev.heddle.cli.explain.Explanation.Step;
import dev.heddle.cli.explain.Explanation.Verdict;
import dev.heddle.cli.facts.AddressText;
import dev.heddle.cli.facts.RuleBook;
import dev.heddle.crds.live.LiveVerdict.Outcome;
import dev.heddle.policy.oracle.Oracle;
import dev.heddle.policy.oracle.Reasoning;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Draws the conclusion: what the policies say, what the kernels do, and why these differ where they do. */
public final class Explainer {

    private final ExplainFacts facts;
    private final Asked asked;
    private final RuleBook written;
    private final RuleBook enforced;
    private final Connection connection;

    /** @throws dev.heddle.cli.failure.NoAnswerException if there is no such connection */
    public Explainer(ExplainFacts facts, Asked asked) {
        this.facts = facts;
        this.asked = asked;
        written = RuleBook.asWritten(facts.policies());
        enforced = RuleBook.asEnforced(facts.policies());
        connection = asked.between(facts.from(), facts.to(), written.all());
    }

    /** What is explained; its halves are what daemons can be asked. */
    public Connection connection() {
        return connection;
    }

    /**
     * The answer.
     *
     * @param live what the daemons said, by direction; one that is not there was not asked
     */
    public Explanation explain(Map<Direction, LiveView> live) {
        List<Half> halves = connection.halves().stream()
                .map(half -> half(half, live.get(half.direction())))
                .toList();
        boolean allowed = halves.stream().allMatch(half -> half.verdict() == Verdict.ALLOWED);
        Verdict inForce = inForce(halves);
        return new Explanation(
                Verdict.of(allowed),
                inForce,
                Verdict.of(allowed) == (inForce != null ? inForce : Explanation.possible(halves)),
                name(connection.from(), connection.source()),
                name(connection.to(), connection.destination()),
                Words.protocol(connection.protocol()),
                connection.port(),
                halves,
                notes(allowed));
    }

    private Half half(Connection.Half half, @Nullable LiveView live) {
        List<Rule> rules = written.selecting(half.flow().subject(), half.direction());
        Reasoning reasoning = Oracle.reason(rules, half.flow());
        boolean possible = Oracle.reason(enforced.selecting(half.flow().subject(), half.direction()), half.flow())
                .judgement()
                .accepted();
        boolean accepted = reasoning.judgement().accepted();
        Rule decided = reasoning.judgement().decidedBy();
        Kernel kernel = kernel(live);
        return new Half(
                half.direction(),
                half.subject().text(),
                half.node(),
                Verdict.of(accepted),
                decided == null ? null : decided.origin(),
                why(half, reasoning, rules),
                rules.stream().map(rule -> rule.origin().object()).distinct().toList(),
                reasoning.steps().stream().map(Explainer::step).toList(),
                possible == accepted ? null : Verdict.of(possible),
                kernel,
                new Differences(facts, half, rules, enforced)
                        .of(Verdict.of(accepted), Verdict.of(possible), live, kernel));
    }

    private static Step step(Reasoning.Step step) {
        Rule rule = step.rule();
        return new Step(Words.of(rule.tier()), rule.priority(), rule.origin(), Words.of(rule), step.outcome());
    }

    private static String why(Connection.Half half, Reasoning reasoning, List<Rule> rules) {
        Rule decided = reasoning.judgement().decidedBy();
        if (half.flow().isWithOwnNode() && half.direction() == Direction.INGRESS) {
            return "a node always reaches its own pods";
        }
        if (decided != null) {
            return isIsolation(decided)
                    ? "it isolates the pod, and no rule of a NetworkPolicy that selects the pod allows this"
                    : "";
        }
        boolean spared = !reasoning.steps().isEmpty()
                && reasoning.steps().getLast().outcome() == Reasoning.Outcome.SPARES_OWN_NODE;
        if (spared) {
            return "no NetworkPolicy stands between a pod and its own node";
        }
        return rules.isEmpty() ? "no policy selects the pod in this direction" : "no rule decides";
    }

    /** What a NetworkPolicy's subject says, behind all that its rules allow. */
    private static boolean isIsolation(Rule rule) {
        return rule.tier() == Tier.NETWORK_POLICY && rule.action() == dev.heddle.policy.rule.Action.DENY;
    }

    private static Kernel kernel(@Nullable LiveView live) {
        return switch (live) {
            case null -> new Kernel(null, null, 0, null, "not asked", null);
            case LiveView.Silent(var why) -> new Kernel(null, null, 0, null, why, null);
            case LiveView.Answered(var sequence, var found) -> {
                Verdict verdict = found.outcome() == Outcome.UNKNOWN_POD
                        ? null
                        : Verdict.of(found.outcome().passes());
                yield new Kernel(verdict, found.outcome(), found.revision(), found.rule(), found.why(), found.places());
            }
        };
    }

    /** One denial is enough; to be allowed, everybody must have said so. */
    private static @Nullable Verdict inForce(List<Half> halves) {
        if (halves.stream().anyMatch(half -> half.kernel().verdict() == Verdict.DENIED)) {
            return Verdict.DENIED;
        }
        return halves.stream().allMatch(half -> half.kernel().verdict() == Verdict.ALLOWED) ? Verdict.ALLOWED : null;
    }

    private static EndName name(End end, Cidr address) {
        String text = AddressText.of(address);
        return new EndName(
                end.text(), text, end instanceof End.OfPod of ? of.pod().node() : null);
    }

    private List<String> notes(boolean allowed) {
        List<String> notes = new ArrayList<>(facts.notes());
        if (connection.isWithItself()) {
            notes.add("a pod always reaches itself");
        } else if (connection.halves().isEmpty()) {
            notes.add("neither end is a pod: no policy is asked");
        }
        if (asked.port() == null && connection.port() != 0) {
            notes.add("port " + connection.port() + " is the only one that "
                    + connection.to().text() + " declares");
        }
        if (asked.family() == null && Asked.hasBoth(connection.from()) && Asked.hasBoth(connection.to())) {
            boolean ipv4 = connection.destination().isIpv4();
            boolean other = asked.between(facts.from(), facts.to(), !ipv4, written.all()).halves().stream()
                    .allMatch(half -> Objects.requireNonNull(Oracle.reason(
                                    written.selecting(half.flow().subject(), half.direction()), half.flow()))
                            .judgement()
                            .accepted());
            if (other != allowed) {
                notes.add("over " + (ipv4 ? "IPv6" : "IPv4") + " it is " + Verdict.of(other) + "; ask with --family "
                        + (ipv4 ? Asked.Family.ipv6 : Asked.Family.ipv4));
            }
        }
        return notes;
    }
}
