package dev.heddle.node.kernel;

import dev.heddle.policy.rule.Cidr;
import java.net.InetAddress;

/** An IP address. IPv4 comes before IPv6. */
public sealed interface Address extends Comparable<Address> permits Ipv4, Ipv6 {

    /** Reads either form. @throws IllegalArgumentException if the text is not an IP address */
    static Address parse(String text) {
        return of(Cidr.host(text).address());
    }

    /**
     * From bytes.
     *
     * @param octets 4 or 16 bytes in network order
     */
    static Address of(byte[] octets) {
        return octets.length == 4 ? Ipv4.of(octets) : Ipv6.of(octets);
    }

    static Address of(InetAddress address) {
        return of(address.getAddress());
    }

    /** 4 or 16 bytes in network order. */
    byte[] octets();

    /** Whether both are IPv4, or both IPv6. */
    default boolean isOfFamily(Address other) {
        return (this instanceof Ipv4) == (other instanceof Ipv4);
    }

    /** The range of exactly this address. */
    default Cidr cidr() {
        return Cidr.host(toString());
    }
}
