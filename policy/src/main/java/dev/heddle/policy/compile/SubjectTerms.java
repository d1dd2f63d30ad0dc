package dev.heddle.policy.compile;

import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Which terms judge which endpoint: endpoints with the same terms share a subject. */
final class SubjectTerms {

    /**
     * What judges the packets of one direction.
     *
     * @param terms in the order of evaluation
     */
    record Judge(Direction direction, List<Term> terms) {}

    private static final Judge WITHOUT_RULES = new Judge(Direction.INGRESS, List.of());

    private final NodeView view;
    private final Map<String, List<Rule>> rulesByNamespace = new HashMap<>();
    private final List<Rule> clusterWide = new ArrayList<>();
    private final Map<String, Subjects> byEndpoint = new HashMap<>();
    private final Interned<Judge> subjects = new Interned<>();
    private final List<Rule> applied;
    private final Map<Rule, Integer> numbers = new HashMap<>();
    private final Terms terms;

    SubjectTerms(List<Rule> rules, NodeView view) {
        this.view = view;
        this.terms = new Terms(view.identities().values().stream()
                .map(Identity::ports)
                .flatMap(List::stream)
                .toList());
        rules.forEach(rule -> (rule.subject().namespaces() == null
                        ? rulesByNamespace.computeIfAbsent(rule.subject().namespace(), namespace -> new ArrayList<>())
                        : clusterWide)
                .add(rule));
        // Endpoints that no rule can tell apart are asked once.
        Map<LocalEndpoint, List<Rule>> selecting = new HashMap<>();
        view.endpoints().forEach(endpoint -> selecting.computeIfAbsent(alike(endpoint), this::selecting));
        this.applied = selecting.values().stream()
                .flatMap(List::stream)
                .distinct()
                .sorted(Rule.PRECEDENCE)
                .toList();
        for (int i = 0; i < applied.size(); i++) {
            numbers.put(applied.get(i), i + 1);
        }
        subjects.index(WITHOUT_RULES); // number Subjects.WITHOUT_RULES
        Map<LocalEndpoint, Subjects> found = new HashMap<>();
        selecting.forEach((endpoint, selected) -> found.put(
                endpoint,
                new Subjects(
                        subject(endpoint, selected, Direction.INGRESS),
                        subject(endpoint, selected, Direction.EGRESS))));
        view.endpoints().forEach(endpoint -> {
            Subjects of = found.get(alike(endpoint));
            if (of != null) {
                byEndpoint.put(endpoint.id(), of);
            }
        });
    }

    Map<String, Subjects> byEndpoint() {
        return byEndpoint;
    }

    /** What judges each subject. */
    List<Judge> subjects() {
        return subjects.values();
    }

    /** The rules that select an endpoint, in the order of evaluation; the first has number 1. */
    List<Rule> applied() {
        return applied;
    }

    Terms terms() {
        return terms;
    }

    private static LocalEndpoint alike(LocalEndpoint endpoint) {
        return new LocalEndpoint("", endpoint.namespace(), endpoint.labels(), endpoint.ports());
    }

    private List<Rule> selecting(LocalEndpoint endpoint) {
        Map<String, String> namespace = view.namespaces().get(endpoint.namespace());
        if (namespace == null) {
            throw new IllegalArgumentException("endpoint " + endpoint + " is in a namespace that is not known");
        }
        return Stream.concat(
                        rulesByNamespace.getOrDefault(endpoint.namespace(), List.of()).stream(),
                        clusterWide.stream()
                                .filter(rule -> Objects.requireNonNull(
                                                rule.subject().namespaces())
                                        .matches(namespace)))
                .filter(rule -> rule.subject().pods().matches(endpoint.labels()))
                .toList();
    }

    private int subject(LocalEndpoint endpoint, List<Rule> selected, Direction direction) {
        List<Term> judging = selected.stream()
                .filter(rule -> rule.direction() == direction)
                .sorted(Rule.PRECEDENCE)
                .distinct()
                .flatMap(rule -> terms.of(numbers.getOrDefault(rule, 0), rule, endpoint).stream())
                .toList();
        return subjects.index(judging.isEmpty() ? WITHOUT_RULES : new Judge(direction, judging));
    }
}
