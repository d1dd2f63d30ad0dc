package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Keeps an explosion with its owner: objects that do not fit are closed for their own subjects, the heaviest of
 * a namespace first; everybody else's stay as they are.
 */
final class Budget {

    /** One object and its rules. */
    private record Source(Origin origin, List<Rule> rules) {}

    private final NodeView view;
    private final Map<String, List<Rule>> byNamespace = new TreeMap<>();
    private final Set<Origin> closed = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    Budget(NodeView view, Capacity capacity) {
        this.view = view;
        String namespace = "";
        List<Rule> own = new ArrayList<>(); // mostly those that follow each other are of one namespace
        for (Rule rule : view.rules()) {
            if (own.isEmpty() || !namespace.equals(rule.origin().namespace())) {
                namespace = rule.origin().namespace();
                own = byNamespace.computeIfAbsent(namespace, none -> new ArrayList<>());
            }
            own.add(rule);
        }
        byNamespace.forEach(
                (of, its) -> keepWithin(of.isEmpty() ? capacity.clusterWide() : capacity.namespace(), of, its));
    }

    private void keepWithin(Capacity.Share share, String namespace, List<Rule> rules) {
        if (Weight.fits(rules, share)) {
            return; // as nearly always: which object weighs what need not be found out
        }
        Weight taken = Weight.of(List.of());
        for (Source source : lighterFirst(sources(rules), Weight::total)) {
            if (!taken.take(Weight.of(source.rules()), share)) {
                boolean clusterWide = namespace.isEmpty();
                close(
                        source,
                        (clusterWide ? "cluster-wide policies name" : "its namespace names") + " more than "
                                + share.ranges() + " ranges or " + share.ports() + " ports",
                        clusterWide
                                ? "name fewer, or leave what concerns one namespace to its NetworkPolicies"
                                : "name fewer, or spread them over namespaces");
            }
        }
    }

    private static List<Source> sources(List<Rule> rules) {
        Map<Origin, List<Rule>> byObject = new HashMap<>();
        rules.forEach(rule -> byObject.computeIfAbsent(object(rule), origin -> new ArrayList<>())
                .add(rule));
        List<Source> sources = new ArrayList<>();
        byObject.forEach((origin, own) -> sources.add(new Source(origin, own)));
        return sources;
    }

    private static Origin object(Rule rule) {
        return rule.origin().at("spec");
    }

    private static List<Source> lighterFirst(List<Source> sources, ToIntFunction<Weight> of) {
        Map<Origin, Integer> weights = new HashMap<>();
        sources.forEach(source -> weights.put(source.origin(), of.applyAsInt(Weight.of(source.rules()))));
        return sources.stream()
                .sorted(Comparator.comparingInt((Source source) -> weights.getOrDefault(source.origin(), 0))
                        .thenComparing(source -> source.origin().kind())
                        .thenComparing(source -> source.origin().name()))
                .toList();
    }

    /** The rules to compile: of closed objects the closed form. */
    List<Rule> rules() {
        return closed.isEmpty()
                ? view.rules()
                : view.rules().stream()
                        .map(rule -> closed.contains(object(rule)) ? rule.closed() : rule)
                        .toList();
    }

    List<Problem> problems() {
        return problems;
    }

    /** Closes the heaviest half of the namespace that burdens a table most. */
    boolean closeHeaviest(Overflow.Table table) {
        int nodeAddresses =
                view.nodes().stream().mapToInt(node -> node.addresses().size()).sum();
        ToIntFunction<Weight> burden = weight -> weight.share(table, nodeAddresses);
        List<Rule> heaviest = List.of();
        int most = 0;
        for (List<Rule> rules : byNamespace.values()) {
            List<Rule> open = rules.stream()
                    .filter(rule -> !closed.contains(object(rule)))
                    .toList();
            int share = burden.applyAsInt(Weight.of(open));
            if (share > most) {
                most = share;
                heaviest = open;
            }
        }
        int half = 0;
        for (Source source : lighterFirst(sources(heaviest), burden).reversed()) {
            if (2 * half < most) {
                half += Math.max(1, burden.applyAsInt(Weight.of(source.rules())));
                close(source, "the node's tables are full and " + owner(source) + " most of them", advice(table));
            }
        }
        return !heaviest.isEmpty();
    }

    private static String owner(Source source) {
        return source.origin().namespace().isEmpty() ? "cluster-wide policies take" : "its namespace takes";
    }

    private static String advice(Overflow.Table table) {
        return switch (table) {
            case RANGES -> "name fewer ranges, and no nodes";
            case ROWS -> "use fewer different lists of peers";
            case CELLS -> "use fewer different ports and lists of peers";
        };
    }

    private void close(Source source, String why, String advice) {
        closed.add(source.origin());
        problems.add(new Problem(
                source.origin(),
                Problem.Severity.REJECTED,
                why + "; the object is closed for the pods it selects; " + advice));
    }
}
