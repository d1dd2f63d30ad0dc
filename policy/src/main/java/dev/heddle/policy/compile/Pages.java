package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Cidr;
import java.util.BitSet;

/** The pages that prefixes take in the address tree, whose IPv4 strides are 16, 8 and 8 bits. */
final class Pages {

    private final BitSet ofFirst16Bits = new BitSet();
    private final BitSet ofFirst24Bits = new BitSet();
    private final int limit;
    private int taken;

    Pages(int limit) {
        this.limit = limit;
    }

    /** Takes the pages that a prefix needs; false, and nothing taken, if there is no room. */
    boolean place(Cidr prefix) {
        if (!prefix.isIpv4()) {
            return true;
        }
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
}
