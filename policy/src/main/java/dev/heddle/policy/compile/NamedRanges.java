package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All ranges that peers name, exceptions included, in {@link Cidr}'s order. They nest, so what a range contains follows
 * it without a gap.
 */
final class NamedRanges {

    private final List<Cidr> ranges;
    private final int[] ends;
    private final BitSet ipv4Lengths = new BitSet();
    private final BitSet ipv6Lengths = new BitSet();

    private NamedRanges(SortedSet<Cidr> ranges) {
        this.ranges = List.copyOf(ranges);
        this.ends = ends(this.ranges);
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

    private static int[] ends(List<Cidr> sorted) {
        int[] ends = new int[sorted.size()];
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < sorted.size(); i++) {
            while (!open.isEmpty() && !sorted.get(open.peek()).contains(sorted.get(i))) {
                ends[open.pop()] = i;
            }
            open.push(i);
        }
        open.forEach(range -> ends[range] = sorted.size());
        return ends;
    }

    List<Cidr> all() {
        return ranges;
    }

    /** The place of a named range in {@link #all}; of the world, which no range covers, -1. */
    int indexOf(@Nullable Cidr range) {
        return range == null ? -1 : Collections.binarySearch(ranges, range);
    }

    /** Behind the last of the ranges that are inside the one at this index; the first is that one itself. */
    int end(int index) {
        return ends[index];
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

    private BitSet lengths(Cidr of) {
        return of.isIpv4() ? ipv4Lengths : ipv6Lengths;
    }
}
