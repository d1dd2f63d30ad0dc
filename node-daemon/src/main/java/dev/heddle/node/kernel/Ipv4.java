package dev.heddle.node.kernel;

import dev.heddle.policy.rule.Cidr;

/**
 * An IPv4 address.
 *
 * @param bits the address as a number, the first octet in the highest byte; adapters swap to network order
 */
public record Ipv4(int bits) implements Comparable<Ipv4> {

    /** Reads dotted quads. @throws IllegalArgumentException if the text is not an IPv4 address */
    public static Ipv4 parse(String text) {
        return of(Cidr.host(text).address());
    }

    /**
     * From bytes.
     *
     * @param octets 4 bytes in network order
     */
    public static Ipv4 of(byte[] octets) {
        if (octets.length != 4) {
            throw new IllegalArgumentException("an IPv4 address has 4 octets, not " + octets.length);
        }
        return new Ipv4(((octets[0] & 0xff) << 24)
                | ((octets[1] & 0xff) << 16)
                | ((octets[2] & 0xff) << 8)
                | (octets[3] & 0xff));
    }

    /** The range of exactly this address. */
    public Cidr cidr() {
        return Cidr.host(toString());
    }

    @Override
    public int compareTo(Ipv4 other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + ((bits >>> 16) & 0xff) + "." + ((bits >>> 8) & 0xff) + "." + (bits & 0xff);
    }
}
