package dev.heddle.policy.compile;

import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who judges which endpoint: endpoints with the same rules share a subject. */
final class Judges {

    /**
     * A judge whose rules have numbers here.
     *
     * @param rules the number of each ask's rule; numbers follow the precedence
     */
    record Subject(Judge judge, Numbers rules) {

        /** See {@link dev.heddle.policy.rule.LabelSelector#equals}. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Subject that && rules.equals(that.rules) && judge.equals(that.judge);
        }

        @Override
        public int hashCode() {
            return rules.hashCode();
        }
    }

    private static final Subject WITHOUT_RULES =
            new Subject(new Judge(new Judge.Key(Direction.INGRESS, List.of())), new Numbers(new int[0]));

    private final NodeView view;
    private final Memory memory;
    private final List<Rule> ordered;
    private final Map<String, BitSet> ofNamespace = new HashMap<>();
    private final BitSet clusterWide = new BitSet();
    private final Map<String, BitSet> clusterWideIn = new HashMap<>();
    private final Map<String, Subjects> byEndpoint = new HashMap<>();
    private final Interned<Subject> subjects = new Interned<>();
    private final List<Rule> applied;
    private final int[] numbers;
    private final Asks asks;

    Judges(List<Rule> rules, NodeView view, Set<NamedPort> ports, Memory memory) {
        this.view = view;
        this.memory = memory;
        this.ordered = rules.stream().sorted(Rule.PRECEDENCE).toList();
        for (int i = 0; i < ordered.size(); i++) {
            dev.heddle.policy.rule.Subject subject = ordered.get(i).subject();
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
        this.numbers = numbers(selected, ordered.size());
        this.asks = new Asks(ports, memory);
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
    List<Subject> subjects() {
        return subjects.values();
    }

    /** The rules that select an endpoint, in the order of evaluation; the first has number 1. */
    List<Rule> applied() {
        return applied;
    }

    /** What is asked of peers, each question once. */
    Interned<Matcher> matchers() {
        return distinct(Judge::matchers);
    }

    /** What is asked of ports, each question once. */
    Interned<List<PortMatch>> portLists() {
        return distinct(Judge::portLists);
    }

    private <T> Interned<T> distinct(Function<Judge, List<T>> asked) {
        Interned<T> found = new Interned<>();
        subjects.values().forEach(subject -> asked.apply(subject.judge()).forEach(found::index));
        return found;
    }

    private static int[] numbers(BitSet selected, int rules) {
        int[] numbers = new int[rules];
        int number = 0;
        for (int rule = selected.nextSetBit(0); rule >= 0; rule = selected.nextSetBit(rule + 1)) {
            numbers[rule] = ++number;
        }
        return numbers;
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
        List<Ask> asked = new ArrayList<>();
        int[] askedBy = new int[selected.cardinality()];
        for (int rule = selected.nextSetBit(0); rule >= 0; rule = selected.nextSetBit(rule + 1)) {
            if (ordered.get(rule).direction() == direction) {
                for (Ask ask : asks.of(ordered.get(rule), endpoint)) {
                    if (asked.size() == askedBy.length) {
                        askedBy = Arrays.copyOf(askedBy, 2 * askedBy.length);
                    }
                    askedBy[asked.size()] = numbers[rule];
                    asked.add(ask);
                }
            }
        }
        return subjects.index(
                asked.isEmpty()
                        ? WITHOUT_RULES
                        : new Subject(
                                memory.judge(new Judge.Key(direction, asked)),
                                new Numbers(Arrays.copyOf(askedBy, asked.size()))));
    }
}
