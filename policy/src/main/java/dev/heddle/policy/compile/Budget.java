package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps an explosion with its owner: objects that do not fit are closed for their own subjects, the heaviest of
 * a namespace first; everybody else's stay as they are.
 */
final class Budget {

    private static final Comparator<Source> LIGHTER_FIRST = Comparator.comparingInt(
                    (Source source) -> source.weight().total())
            .thenComparing(source -> source.origin().kind())
            .thenComparing(source -> source.origin().name());

    /** One object and its rules. */
    private record Source(Origin origin, List<Rule> rules, Weight weight) {}

    private final Map<String, List<Source>> byNamespace = new TreeMap<>();
    private final Set<Origin> closed = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    Budget(Collection<Rule> rules, Capacity capacity) {
        Map<Origin, List<Rule>> byObject = new HashMap<>();
        rules.forEach(rule -> byObject.computeIfAbsent(rule.origin().at("spec"), origin -> new ArrayList<>())
                .add(rule));
        byObject.forEach((origin, own) -> byNamespace
                .computeIfAbsent(origin.namespace(), namespace -> new ArrayList<>())
                .add(new Source(origin, own, Weight.of(own))));
        for (List<Source> sources : byNamespace.values()) {
            sources.sort(LIGHTER_FIRST);
            Weight taken = Weight.of(List.of());
            for (Source source : sources) {
                Weight sum = taken.with(source.rules());
                if (sum.fits(capacity)) {
                    taken = sum;
                } else {
                    close(
                            source,
                            "its namespace names more than " + capacity.namespaceRanges() + " ranges or "
                                    + capacity.namespacePorts() + " ports");
                }
            }
        }
    }

    /** The rules to compile: of closed objects the closed form. */
    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        byNamespace
                .values()
                .forEach(sources -> sources.forEach(source -> source.rules()
                        .forEach(rule -> rules.add(closed.contains(source.origin()) ? rule.closed() : rule))));
        return rules;
    }

    List<Problem> problems() {
        return problems;
    }

    /** Closes the heaviest half of the namespace that burdens a table most. */
    boolean closeHeaviest(Overflow.Table table) {
        List<Source> heaviest = List.of();
        int most = 0;
        for (List<Source> sources : byNamespace.values()) {
            List<Source> open = sources.stream()
                    .filter(source -> !closed.contains(source.origin()))
                    .toList();
            int share = Weight.of(open.stream()
                            .flatMap(source -> source.rules().stream())
                            .toList())
                    .share(table);
            if (share > most) {
                most = share;
                heaviest = open;
            }
        }
        int half = 0;
        for (int i = heaviest.size() - 1; i >= 0 && 2 * half < most; i--) {
            half += Math.max(1, heaviest.get(i).weight().share(table));
            close(heaviest.get(i), "the node's tables are full and its namespace takes most of them (" + table + ")");
        }
        return !heaviest.isEmpty();
    }

    private void close(Source source, String why) {
        closed.add(source.origin());
        problems.add(new Problem(
                source.origin(), Problem.Severity.REJECTED, why + "; the object is closed for the pods it selects"));
    }
}
