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

    /** Whether rules fit a share; what several of them name counts once, but is rarely worth finding out. */
    static boolean fits(Collection<Rule> rules, Capacity.Share share) {
        return fitsCountedTwice(rules, share) || fitsCountedOnce(rules, share);
    }

    private static boolean fitsCountedTwice(Collection<Rule> rules, Capacity.Share share) {
        long ports = 0;
        long ranges = 0;
        for (Rule rule : rules) {
            ports += rule.ports().size();
            for (Peer peer : rule.peers()) {
                ranges += peer instanceof Peer.Ranges named
                        ? named.in().size() + named.except().size()
                        : 0;
            }
        }
        return ports <= share.ports() && ranges <= share.ranges();
    }

    private static boolean fitsCountedOnce(Collection<Rule> rules, Capacity.Share share) {
        Weight weight = of(List.of());
        for (Rule rule : rules) {
            weight.addNamed(rule);
            if (weight.ranges.size() > share.ranges() || weight.ports.size() > share.ports()) {
                return false;
            }
        }
        return true;
    }

    /** Adds another weight, if both together fit a share; else nothing. */
    boolean take(Weight more, Capacity.Share share) {
        boolean fits = together(ranges, more.ranges) <= share.ranges() && together(ports, more.ports) <= share.ports();
        if (fits) {
            ranges.addAll(more.ranges);
            ports.addAll(more.ports);
            peers.addAll(more.peers);
        }
        return fits;
    }

    private static <T> long together(Set<T> some, Set<T> more) {
        return some.size() + more.stream().filter(one -> !some.contains(one)).count();
    }

    /**
     * How much of a table's trouble this is; 0 when closing would not help.
     *
     * @param nodeAddresses of all nodes: each is a range if nodes are asked for
     */
    int share(Overflow.Table table, int nodeAddresses) {
        return switch (table) {
            case RANGES -> ranges.size() + (askForNodes() ? nodeAddresses : 0);
            case ROWS -> peers.size() - 1;
            case CELLS -> peers.size() - 1 + ports.size();
        };
    }

    int total() {
        return ranges.size() + ports.size() + peers.size();
    }

    private void add(Rule rule) {
        addNamed(rule);
        peers.add(rule.peers());
    }

    private boolean askForNodes() {
        return peers.stream().flatMap(List::stream).anyMatch(Peer.Nodes.class::isInstance);
    }

    private void addNamed(Rule rule) {
        ports.addAll(rule.ports());
        for (Peer peer : rule.peers()) {
            if (peer instanceof Peer.Ranges named) {
                ranges.addAll(named.in());
                ranges.addAll(named.except());
            }
        }
    }
}
