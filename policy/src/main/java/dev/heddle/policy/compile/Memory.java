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

    private final Remembered<Rule, Plain> rules = new Remembered<>(new IdentityHashMap<>());
    private final Remembered<Matcher, PeerColumns.Column> columns = new Remembered<>(new HashMap<>());
    private final Remembered<List<List<PortMatch>>, PortClasses> portClasses = new Remembered<>(new HashMap<>());

    /** What a rule that names no port by name asks of peers and ports, whoever is judged. */
    record Plain(Matcher matcher, List<PortMatch> ports) {}

    /** A compile begins. */
    void turn() {
        rules.turn();
        columns.turn();
        portClasses.turn();
    }

    /** What a rule without names of ports asks. */
    Plain plain(Rule rule, Function<Rule, Plain> read) {
        return rules.get(rule, read);
    }

    /** How these lists tell ports apart. */
    PortClasses portClasses(List<List<PortMatch>> lists) {
        return portClasses.get(List.copyOf(lists), PortClasses::of);
    }

    /** The answers of all peers. */
    PeerColumns.Column column(Matcher matcher, Function<Matcher, PeerColumns.Column> ask) {
        return columns.get(matcher, ask);
    }
}
