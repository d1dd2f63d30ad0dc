package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.PortMatch;
import java.util.List;

/** What judges the packets of one direction, whichever numbers its rules have. Of each {@link Key} there is one. */
final class Judge {

    private final Direction direction;
    private final List<Ask> asks;
    private final List<Matcher> matchers;
    private final List<List<PortMatch>> portLists;

    /**
     * By what judges are told apart.
     *
     * @param asks in the order of evaluation
     */
    record Key(Direction direction, List<Ask> asks) {}

    Judge(Key key) {
        direction = key.direction();
        asks = List.copyOf(key.asks());
        matchers = asks.stream().map(Ask::matcher).distinct().toList();
        portLists = asks.stream().map(Ask::ports).distinct().toList();
    }

    Direction direction() {
        return direction;
    }

    /** In the order of evaluation. */
    List<Ask> asks() {
        return asks;
    }

    /** What the asks ask of peers, each question once. */
    List<Matcher> matchers() {
        return matchers;
    }

    /** What the asks ask of ports, each question once. */
    List<List<PortMatch>> portLists() {
        return portLists;
    }
}
