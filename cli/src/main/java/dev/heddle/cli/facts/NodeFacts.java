package dev.heddle.cli.facts;

import dev.heddle.policy.rule.Cidr;
import java.util.List;
import java.util.Map;

/**
 * A node.
 *
 * @param addresses those in its status
 * @param podRanges the ranges that its pods have their addresses from
 */
public record NodeFacts(String name, Map<String, String> labels, List<Cidr> addresses, List<Cidr> podRanges) {
    public NodeFacts {
        labels = Map.copyOf(labels);
        addresses = List.copyOf(addresses);
        podRanges = List.copyOf(podRanges);
    }

    /** The node as somebody means it who names one of its addresses. */
    public NodeFacts at(Cidr address) {
        return new NodeFacts(name, labels, List.of(address), podRanges);
    }
}
