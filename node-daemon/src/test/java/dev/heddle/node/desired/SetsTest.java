package dev.heddle.node.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import dev.heddle.policy.support.Enforceable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetsTest {

    private static final String SHOP = "shop";

    /** A compile remembers rules by the objects that they are; every head is read anew. */
    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(delimiter = '|', textBlock = """
            a b c | a b c d | a b c
            a b c | d a b c | a b c
            a b c | a d b c | a b c
            a b c | a d c   | a c
            a b c | a c     | a c
            a b c | b c     | b c
            a a   | a       | a
            a     | a a     | a
            a b c | d e     | -
            a b c | -       | -
            -     | a       | -
            """)
    void rulesThatAHeadHadBeforeAreTheSameObjects(String before, String now, String same) {
        Sets sets = new Sets();
        told(sets, 1, before);
        Set<Rule> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(sets.rules());
        told(sets, 2, now);

        assertThat(sets.rules()).isEqualTo(rules(now));
        assertThat(sets.rules().stream().filter(known::contains)).containsExactlyElementsOf(rules(same));
    }

    private static void told(Sets sets, int sequence, String names) {
        String set = "set-" + sequence;
        sets.head(SHOP, new Sets.Head(sequence, sequence, set, 0));
        sets.loaded(set, new Enforceable(rules(names), List.of()));
        assertThat(sets.advance(Set.of(SHOP))).isTrue();
    }

    private static List<Rule> rules(String names) {
        return Stream.of(names.split(" "))
                .filter(name -> !name.equals("-"))
                .map(SetsTest::rule)
                .toList();
    }

    private static Rule rule(String name) {
        return new Rule(
                new Origin("NetworkPolicy", SHOP, name, 1, "spec.ingress[0]"),
                Direction.INGRESS,
                new Subject(SHOP, LabelSelector.EVERYTHING),
                Tier.NETWORK_POLICY,
                0,
                Action.ACCEPT,
                List.of(new Peer.Anyone()),
                List.of());
    }
}
