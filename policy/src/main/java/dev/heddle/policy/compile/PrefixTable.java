package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Cidr;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The content of the address tree: which peer id each address has. The most specific prefix wins; an address
 * that no prefix covers is {@link PeerNumbering#WORLD}.
 */
public final class PrefixTable {

    /** All addresses of a range, but for more specific entries, are this peer. */
    public record Entry(Cidr prefix, int peer) {}

    private static final Comparator<Entry> SHORTER_FIRST = Comparator.comparingInt(
                    (Entry entry) -> entry.prefix().prefixLength())
            .thenComparing(Entry::prefix);

    private final List<Entry> entries;

    PrefixTable(Map<Cidr, Integer> peers) {
        entries = peers.entrySet().stream()
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .sorted(SHORTER_FIRST)
                .toList();
    }

    /** Shorter prefixes first: whoever paints them in this order is right in the end. Each prefix once. */
    public List<Entry> entries() {
        return entries;
    }

    /** The peer id of an address. */
    public int peer(Cidr address) {
        for (int length = address.prefixLength(); length >= 0; length--) {
            int at = Collections.binarySearch(entries, new Entry(address.widenedTo(length), 0), SHORTER_FIRST);
            if (at >= 0) {
                return entries.get(at).peer();
            }
        }
        return PeerNumbering.WORLD;
    }
}
