package dev.heddle.policy.compile;

import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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
    private final List<Rule> ordered;
    private final Map<String, BitSet> ofNamespace = new HashMap<>();
    private final BitSet clusterWide = new BitSet();
    private final Map<String, BitSet> clusterWideIn = new HashMap<>();
    private final Map<String, Subjects> byEndpoint = new HashMap<>();
    private final Interned<Judge> subjects = new Interned<>();
    private final List<Rule> applied;
    private final Terms terms;

    SubjectTerms(List<Rule> rules, NodeView view, Set<NamedPort> ports, Memory memory) {
        this.view = view;
        this.ordered = rules.stream().sorted(Rule.PRECEDENCE).toList();
        for (int i = 0; i < ordered.size(); i++) {
            Subject subject = ordered.get(i).subject();
            (subject.namespaces() == null
                            ? ofNamespace.computeIfAbsent(subject.namespace(), namespace -> new BitSet())
                            : clusterWide)
                    .set(i);
        }
        // Endpoints that no rule can tell apart are asked once.
        Map<LocalEndpoint, BitSet> selecting = new HashMap<>();
        view.endpoints().forEach(endpoint -> selecting.computeIfAbsent(alike(endpoint), this::selecting));
        BitSet selected = new BitSet();
        selecting.values().forEach(selected::or);
        this.applied = selected.stream().mapToObj(ordered::get).toList();
        this.terms = new Terms(ordered, selected, ports, memory);
        subjects.index(WITHOUT_RULES); // number Subjects.WITHOUT_RULES
        Map<LocalEndpoint, Subjects> found = new HashMap<>();
        selecting.forEach((endpoint, of) -> found.put(
                endpoint,
                new Subjects(subject(endpoint, of, Direction.INGRESS), subject(endpoint, of, Direction.EGRESS))));
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

    private BitSet selecting(LocalEndpoint endpoint) {
        BitSet selecting = new BitSet();
        selecting.or(ofNamespace.getOrDefault(endpoint.namespace(), new BitSet()));
        selecting.or(clusterWideIn.computeIfAbsent(endpoint.namespace(), this::clusterWideIn));
        for (int rule = selecting.nextSetBit(0); rule >= 0; rule = selecting.nextSetBit(rule + 1)) {
            if (!ordered.get(rule).subject().pods().matches(endpoint.labels())) {
                selecting.clear(rule);
            }
        }
        return selecting;
    }

    private BitSet clusterWideIn(String namespace) {
        Map<String, String> labels = view.namespaces().get(namespace);
        if (labels == null) {
            throw new IllegalArgumentException("an endpoint is in namespace " + namespace + ", which is not known");
        }
        BitSet selecting = new BitSet();
        clusterWide.stream()
                .filter(rule -> Objects.requireNonNull(
                                ordered.get(rule).subject().namespaces())
                        .matches(labels))
                .forEach(selecting::set);
        return selecting;
    }

    private int subject(LocalEndpoint endpoint, BitSet selected, Direction direction) {
        List<Term> judging = new ArrayList<>();
        for (int rule = selected.nextSetBit(0); rule >= 0; rule = selected.nextSetBit(rule + 1)) {
            if (ordered.get(rule).direction() == direction) {
                judging.addAll(terms.of(rule, endpoint));
            }
        }
        return subjects.index(judging.isEmpty() ? WITHOUT_RULES : new Judge(direction, judging));
    }
}
