package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Cidr;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * The content of the address tree: which peer id each address has. The most specific prefix wins; an address
 * that no prefix covers is {@link PeerNumbering#WORLD}.
 */
public final class PrefixTable {

    /** All addresses of a range, but for more specific entries, are this peer. */
    public record Entry(Cidr prefix, int peer) {}

    private final List<Entry> entries;

    /** @param entries each prefix once, in any order */
    PrefixTable(Collection<Entry> entries) {
        this.entries = entries.stream().sorted(PrefixTable::shorterFirst).toList();
    }

    /** Shorter prefixes first: whoever paints them in this order is right in the end. Each prefix once. */
    public List<Entry> entries() {
        return entries;
    }

    /** The peer id of an address. */
    public int peer(Cidr address) {
        for (int length = address.prefixLength(); length >= 0; length--) {
            int at = Collections.binarySearch(
                    entries, new Entry(address.widenedTo(length), 0), PrefixTable::shorterFirst);
            if (at >= 0) {
                return entries.get(at).peer();
            }
        }
        return PeerNumbering.WORLD;
    }

    private static int shorterFirst(Entry one, Entry other) {
        int byLength =
                Integer.compare(one.prefix().prefixLength(), other.prefix().prefixLength());
        return byLength != 0 ? byLength : one.prefix().compareTo(other.prefix());
    }
}
