package dev.heddle.node.apply;

import dev.heddle.node.kernel.Ipv6;

/**
 * The smallest block in which some addresses are. Of IPv4 addresses the last 32 bits are meant, and the others are 0.
 *
 * @param first the bits that all have in common
 * @param mask which bits these are; all of them for one address, and for none
 */
record AddressRange(boolean isEmpty, Ipv6 first, Ipv6 mask) {

    /** No address but the unspecified one, to which nothing is sent. */
    static final AddressRange NONE = new AddressRange(true, new Ipv6(0, 0), new Ipv6(-1, -1));

    /** With one more address. */
    AddressRange with(long high, long low) {
        if (isEmpty) {
            return new AddressRange(false, new Ipv6(high, low), mask);
        }
        long maskHigh = mask.high() & same(high ^ first.high());
        long maskLow = maskHigh == -1 ? mask.low() & same(low ^ first.low()) : 0;
        return new AddressRange(
                false, new Ipv6(first.high() & maskHigh, first.low() & maskLow), new Ipv6(maskHigh, maskLow));
    }

    /** The bits in front of the first one that is set. */
    private static long same(long differing) {
        int bits = Long.numberOfLeadingZeros(differing);
        return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
    }
}
