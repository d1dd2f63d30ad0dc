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

    /** One object and its rules. */
    private record Source(Origin origin, List<Rule> rules) {}

    private final Map<String, List<Source>> byNamespace = new TreeMap<>();
    private final Set<Origin> closed = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    Budget(Collection<Rule> rules, Capacity capacity) {
        Map<Origin, List<Rule>> byObject = new HashMap<>();
        rules.forEach(rule -> byObject.computeIfAbsent(rule.origin().at("spec"), origin -> new ArrayList<>())
                .add(rule));
        byObject.forEach((origin, own) -> byNamespace
                .computeIfAbsent(origin.namespace(), namespace -> new ArrayList<>())
                .add(new Source(origin, own)));
        byNamespace.forEach((namespace, sources) ->
                keepWithin(namespace.isEmpty() ? capacity.clusterWide() : capacity.namespace(), namespace, sources));
    }

    private void keepWithin(Capacity.Share share, String namespace, List<Source> sources) {
        if (Weight.fitsCountedTwice(rules(sources), share)) {
            return; // as nearly always; what is named twice need not be found out
        }
        Weight taken = Weight.of(List.of());
        for (Source source : lighterFirst(sources)) {
            if (!taken.take(Weight.of(source.rules()), share)) {
                close(
                        source,
                        (namespace.isEmpty() ? "cluster-wide policies name" : "its namespace names") + " more than "
                                + share.ranges() + " ranges or " + share.ports() + " ports");
            }
        }
    }

    private static List<Source> lighterFirst(List<Source> sources) {
        Map<Origin, Integer> weights = new HashMap<>();
        sources.forEach(
                source -> weights.put(source.origin(), Weight.of(source.rules()).total()));
        return sources.stream()
                .sorted(Comparator.comparingInt((Source source) -> weights.getOrDefault(source.origin(), 0))
                        .thenComparing(source -> source.origin().kind())
                        .thenComparing(source -> source.origin().name()))
                .toList();
    }

    private static List<Rule> rules(List<Source> sources) {
        return sources.stream().flatMap(source -> source.rules().stream()).toList();
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
            int share = Weight.of(rules(open)).share(table);
            if (share > most) {
                most = share;
                heaviest = open;
            }
        }
        int half = 0;
        for (Source source : lighterFirst(heaviest).reversed()) {
            if (2 * half < most) {
                half += Math.max(1, Weight.of(source.rules()).share(table));
                close(source, "the node's tables are full and its namespace takes most of them (" + table + ")");
            }
        }
        return !heaviest.isEmpty();
    }

    private void close(Source source, String why) {
        closed.add(source.origin());
        problems.add(new Problem(
                source.origin(), Problem.Severity.REJECTED, why + "; the object is closed for the pods it selects"));
    }
}
