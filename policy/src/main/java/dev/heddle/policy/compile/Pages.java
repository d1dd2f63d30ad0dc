package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Cidr;
import java.util.BitSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The pages that prefixes take in the address trees. The IPv4 tree has strides of 16, 8 and 8 bits; the IPv6 tree goes
 * on by single bytes, and only bytes in which prefixes end or part have a page.
 */
final class Pages {

    private static final int ROOT_BITS = 16;

    private final BitSet ofFirst16Bits = new BitSet();
    private final BitSet ofFirst24Bits = new BitSet();
    /** Pages of the IPv6 tree, each as the bytes before its own. With two of them is the one where they part. */
    private final TreeSet<Cidr> ofIpv6 = new TreeSet<>();

    private final int limit;
    private int taken;

    /** @param limit pages of each tree */
    Pages(int limit) {
        this.limit = limit;
    }

    /** Takes the pages that a prefix needs; false, and nothing taken, if there is no room. */
    boolean place(Cidr prefix) {
        return prefix.isIpv4() ? placeIpv4(prefix) : placeIpv6(prefix);
    }

    private boolean placeIpv4(Cidr prefix) {
        int address = prefix.ipv4Address();
        boolean first = prefix.prefixLength() > 16 && !ofFirst16Bits.get(address >>> 16);
        boolean second = prefix.prefixLength() > 24 && !ofFirst24Bits.get(address >>> 8);
        int needed = (first ? 1 : 0) + (second ? 1 : 0);
        if (taken + needed > limit) {
            return false;
        }
        taken += needed;
        if (first) {
            ofFirst16Bits.set(address >>> 16);
        }
        if (second) {
            ofFirst24Bits.set(address >>> 8);
        }
        return true;
    }

    private boolean placeIpv6(Cidr prefix) {
        if (prefix.prefixLength() <= ROOT_BITS) {
            return true;
        }
        Cidr page = prefix.widenedTo((prefix.prefixLength() - 1) / 8 * 8);
        if (ofIpv6.contains(page)) {
            return true;
        }
        Cidr fork = longer(shared(page, ofIpv6.lower(page)), shared(page, ofIpv6.higher(page)));
        boolean parts = fork.prefixLength() >= ROOT_BITS && !fork.equals(page) && !ofIpv6.contains(fork);
        if (ofIpv6.size() + (parts ? 2 : 1) > limit) {
            return false;
        }
        ofIpv6.add(page);
        if (parts) {
            ofIpv6.add(fork);
        }
        return true;
    }

    private static Cidr longer(Cidr one, Cidr other) {
        return one.prefixLength() > other.prefixLength() ? one : other;
    }

    /** The whole bytes that two pages have in common. */
    private static Cidr shared(Cidr page, @Nullable Cidr other) {
        int bits = 0;
        if (other != null) {
            long high = page.high() ^ other.high();
            long low = page.low() ^ other.low();
            int same = high != 0 ? Long.numberOfLeadingZeros(high) : 64 + Long.numberOfLeadingZeros(low);
            bits = Math.min(same / 8 * 8, Math.min(page.prefixLength(), other.prefixLength()));
        }
        return page.widenedTo(bits);
    }
}
