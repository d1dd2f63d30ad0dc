package dev.heddle.policy.compile;

import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Rule;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * What compiles for the same peers found out, so that only what changed is asked again. A policy's
 * change leaves nearly all rules the very objects that they were, and what they ask is found by those. It changes no answer: with
 * an empty memory the image is the same. Used by one compile at a time.
 */
final class Memory {

    private final Remembered<Rule, List<Ask>> asks = new Remembered<>(new IdentityHashMap<>());
    private final Remembered<Judge.Key, Judge> judges = new Remembered<>(new HashMap<>());
    private final Remembered<Matcher, PeerColumns.Column> columns = new Remembered<>(new HashMap<>());
    private final Last<List<Matcher>, PeerClasses> peerClasses = new Last<>();
    private final Last<List<List<PortMatch>>, PortClasses> portClasses = new Last<>();
    private final Remembered<Judge, Decided> decided = new Remembered<>(new IdentityHashMap<>(), Decided::isSmall);

    /** A compile begins. */
    void turn() {
        asks.turn();
        judges.turn();
        columns.turn();
        decided.turn();
    }

    /** What a rule without names of ports asks, whoever is judged. */
    List<Ask> asks(Rule rule, Function<Rule, List<Ask>> read) {
        return asks.get(rule, read);
    }

    /** The judge that asks this. */
    Judge judge(Judge.Key key) {
        return judges.get(key, Judge::new);
    }

    /** How these matchers tell peers apart. */
    PeerClasses peerClasses(List<Matcher> matchers, Function<List<Matcher>, PeerClasses> split) {
        return peerClasses.get(List.copyOf(matchers), split);
    }

    /** How these lists tell ports apart. */
    PortClasses portClasses(List<List<PortMatch>> lists) {
        return portClasses.get(List.copyOf(lists), PortClasses::of);
    }

    /** The answers of all peers. */
    PeerColumns.Column column(Matcher matcher, Function<Matcher, PeerColumns.Column> ask) {
        return columns.get(matcher, ask);
    }

    /** What a judge decides of all peers; kept when it is small. */
    Decided decided(Judge judge, Function<Judge, Decided> decide) {
        return decided.get(judge, decide);
    }
}
