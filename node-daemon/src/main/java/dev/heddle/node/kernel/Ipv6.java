package dev.heddle.node.kernel;

import dev.heddle.policy.rule.Cidr;
import java.nio.ByteBuffer;

/**
 * An IPv6 address.
 *
 * @param high its first 64 bits as a number
 * @param low its last 64 bits
 */
public record Ipv6(long high, long low) implements Address {

    private static final int GROUPS = 8;

    /** Reads any form of RFC 4291. @throws IllegalArgumentException if the text is not an IPv6 address */
    public static Ipv6 parse(String text) {
        return of(Cidr.host(text).address());
    }

    /**
     * From bytes.
     *
     * @param octets 16 bytes in network order
     */
    public static Ipv6 of(byte[] octets) {
        if (octets.length != 16) {
            throw new IllegalArgumentException("an IPv6 address has 16 octets, not " + octets.length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(octets);
        return new Ipv6(bytes.getLong(), bytes.getLong());
    }

    @Override
    public byte[] octets() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    }

    @Override
    public Cidr cidr() {
        return new Cidr(false, high, low, 8 * 16);
    }

    @Override
    public int compareTo(Address other) {
        if (!(other instanceof Ipv6(var theirHigh, var theirLow))) {
            return 1;
        }
        int byHigh = Long.compareUnsigned(high, theirHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, theirLow);
    }

    /** The canonical form of RFC 5952: lower case, the first of the longest runs of zero groups as {@code ::}. */
    @Override
    public String toString() {
        int start = 0;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosFrom(i);
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        return length > 1 ? text(0, start) + "::" + text(start + length, GROUPS) : text(0, GROUPS);
    }

    private int group(int index) {
        return (int) ((index < 4 ? high : low) >>> (48 - 16 * (index % 4))) & 0xffff;
    }

    private int zerosFrom(int index) {
        int end = index;
        while (end < GROUPS && group(end) == 0) {
            end++;
        }
        return end - index;
    }

    private String text(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }
}
