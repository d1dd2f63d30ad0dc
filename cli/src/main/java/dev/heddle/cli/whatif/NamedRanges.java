package dev.heddle.cli.whatif;

import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Rule;
import java.util.BitSet;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/** Every range that rules name, exceptions included: addresses of one most specific range are alike to all of them. */
final class NamedRanges {

    private final TreeSet<Cidr> ranges = new TreeSet<>();
    private final BitSet lengths = new BitSet();

    NamedRanges(Collection<Rule> rules) {
        for (Rule rule : rules) {
            for (Peer peer : rule.peers()) {
                if (peer instanceof Peer.Ranges named) {
                    named.in().forEach(this::add);
                    named.except().forEach(this::add);
                }
            }
        }
    }

    private void add(Cidr range) {
        ranges.add(range);
        lengths.set(range.prefixLength());
    }

    Collection<Cidr> all() {
        return ranges;
    }

    /** The most specific range that an address is in. */
    Optional<Cidr> covering(Cidr address) {
        for (int length = lengths.previousSetBit(address.prefixLength());
                length >= 0;
                length = length == 0 ? -1 : lengths.previousSetBit(length - 1)) {
            Cidr range = address.widenedTo(length);
            if (ranges.contains(range)) {
                return Optional.of(range);
            }
        }
        return Optional.empty();
    }
}
