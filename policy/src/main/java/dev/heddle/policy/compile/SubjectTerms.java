package dev.heddle.policy.compile;

import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which terms judge which endpoint: endpoints with the same terms share a subject. */
final class SubjectTerms {

    private final Map<String, List<Rule>> rulesByNamespace = new HashMap<>();
    private final Map<String, Subjects> byEndpoint = new HashMap<>();
    private final Interned<List<Term>> subjects = new Interned<>();
    private final List<Rule> applied;
    private final Map<Rule, Integer> numbers = new HashMap<>();
    private final Terms terms;

    SubjectTerms(List<Rule> rules, NodeView view) {
        this.terms = new Terms(view.identities().values().stream()
                .map(Identity::ports)
                .flatMap(List::stream)
                .toList());
        rules.forEach(rule -> rulesByNamespace
                .computeIfAbsent(rule.subject().namespace(), namespace -> new ArrayList<>())
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
        subjects.index(List.of()); // Subjects.WITHOUT_RULES
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

    /** The terms of each subject, in the order of evaluation. */
    List<List<Term>> subjects() {
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
        return rulesByNamespace.getOrDefault(endpoint.namespace(), List.of()).stream()
                .filter(rule -> rule.subject().pods().matches(endpoint.labels()))
                .toList();
    }

    private int subject(LocalEndpoint endpoint, List<Rule> selected, Direction direction) {
        return subjects.index(selected.stream()
                .filter(rule -> rule.direction() == direction)
                .sorted(Rule.PRECEDENCE)
                .distinct()
                .flatMap(rule -> terms.of(numbers.getOrDefault(rule, 0), rule, endpoint).stream())
                .toList());
    }
}
