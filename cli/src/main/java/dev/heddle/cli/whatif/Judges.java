package dev.heddle.cli.whatif;

import dev.heddle.cli.facts.RuleBook;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who judges which group. Groups with the same rules share a judge. */
final class Judges {

    private final RuleBook before;
    private final RuleBook after;
    private final Map<Selected, Judge> judges = new HashMap<>();

    /** @param ports of the pods, where rules ask for them by name */
    private record Selected(Direction direction, List<Rule> before, List<Rule> after, List<NamedPort> ports) {}

    Judges(RuleBook before, RuleBook after) {
        this.before = before;
        this.after = after;
    }

    /** The judge of a pod. */
    Judge of(Party.Pod pod, Direction direction) {
        List<Rule> now = before.selecting(pod, direction);
        List<Rule> then = after.selecting(pod, direction);
        boolean named = direction == Direction.INGRESS && (asksByName(now) || asksByName(then));
        return judges.computeIfAbsent(
                new Selected(direction, now, then, named ? pod.ports() : List.of()),
                selected -> new Judge(direction, now, then));
    }

    private static boolean asksByName(List<Rule> rules) {
        return rules.stream().anyMatch(rule -> rule.ports().stream().anyMatch(PortMatch.Named.class::isInstance));
    }
}
