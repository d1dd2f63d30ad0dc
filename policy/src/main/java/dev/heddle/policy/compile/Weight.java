package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Rule;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What rules cost in tables, roughly: how many different things they name.
 *
 * @param ranges address ranges, exceptions included
 * @param ports port matches
 * @param peers lists of peers
 */
record Weight(Set<Cidr> ranges, Set<PortMatch> ports, Set<List<Peer>> peers) {

    static Weight of(Collection<Rule> rules) {
        Weight weight = new Weight(new HashSet<>(), new HashSet<>(), new HashSet<>());
        rules.forEach(weight::add);
        return weight;
    }

    Weight with(Collection<Rule> more) {
        Weight sum = new Weight(new HashSet<>(ranges), new HashSet<>(ports), new HashSet<>(peers));
        more.forEach(sum::add);
        return sum;
    }

    boolean fits(Capacity capacity) {
        return ranges.size() <= capacity.namespaceRanges() && ports.size() <= capacity.namespacePorts();
    }

    /** How much of a table's trouble this is; 0 when closing would not help. */
    int share(Overflow.Table table) {
        return switch (table) {
            case RANGES -> ranges.size();
            case ROWS -> peers.size() - 1;
            case CELLS -> peers.size() - 1 + ports.size();
        };
    }

    int total() {
        return ranges.size() + ports.size() + peers.size();
    }

    private void add(Rule rule) {
        ports.addAll(rule.ports());
        peers.add(rule.peers());
        for (Peer peer : rule.peers()) {
            if (peer instanceof Peer.Ranges named) {
                ranges.addAll(named.in());
                ranges.addAll(named.except());
            }
        }
    }
}
