package dev.heddle.node.kernel;

import dev.heddle.policy.rule.Cidr;
import java.nio.ByteBuffer;

/**
 * An IPv4 address.
 *
 * @param bits the address as a number, the first octet in the highest byte; adapters swap to network order
 */
public record Ipv4(int bits) implements Address {

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
        return new Ipv4(ByteBuffer.wrap(octets).getInt());
    }

    @Override
    public byte[] octets() {
        return ByteBuffer.allocate(Integer.BYTES).putInt(bits).array();
    }

    @Override
    public int compareTo(Address other) {
        return other instanceof Ipv4(var theirs) ? Integer.compareUnsigned(bits, theirs) : -1;
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + ((bits >>> 16) & 0xff) + "." + ((bits >>> 8) & 0xff) + "." + (bits & 0xff);
    }
}
