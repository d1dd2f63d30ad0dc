package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Rule;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All ranges that peers name, exceptions included, in {@link Cidr}'s order: what a range contains follows it. */
final class NamedRanges {

    private final List<Cidr> ranges;
    private final BitSet ipv4Lengths = new BitSet();
    private final BitSet ipv6Lengths = new BitSet();

    private NamedRanges(SortedSet<Cidr> ranges) {
        this.ranges = List.copyOf(ranges);
        ranges.forEach(range -> lengths(range).set(range.prefixLength()));
    }

    static NamedRanges of(List<Rule> rules) {
        TreeSet<Cidr> ranges = new TreeSet<>();
        for (Rule rule : rules) {
            for (Peer peer : rule.peers()) {
                if (peer instanceof Peer.Ranges named) {
                    ranges.addAll(named.in());
                    ranges.addAll(named.except());
                }
            }
        }
        return new NamedRanges(ranges);
    }

    List<Cidr> all() {
        return ranges;
    }

    /** The most specific named range that contains this address or range. */
    @Nullable
    Cidr covering(Cidr inner) {
        BitSet lengths = lengths(inner);
        int length = lengths.previousSetBit(inner.prefixLength());
        while (length >= 0) {
            int at = Collections.binarySearch(ranges, inner.widenedTo(length));
            if (at >= 0) {
                return ranges.get(at);
            }
            length = length == 0 ? -1 : lengths.previousSetBit(length - 1);
        }
        return null;
    }

    /** The indexes of the named ranges that a peer matches: inside one of its ranges and inside no exception. */
    BitSet matchedBy(Peer.Ranges peer) {
        BitSet matched = new BitSet(ranges.size());
        peer.in().forEach(range -> matched.or(inside(range)));
        peer.except().forEach(except -> matched.andNot(inside(except)));
        return matched;
    }

    private BitSet inside(Cidr outer) {
        BitSet inside = new BitSet(ranges.size());
        int first = Collections.binarySearch(ranges, outer);
        int at = first;
        while (at >= 0 && at < ranges.size() && outer.contains(ranges.get(at))) {
            at++;
        }
        if (first >= 0) {
            inside.set(first, at);
        }
        return inside;
    }

    private BitSet lengths(Cidr of) {
        return of.isIpv4() ? ipv4Lengths : ipv6Lengths;
    }
}
