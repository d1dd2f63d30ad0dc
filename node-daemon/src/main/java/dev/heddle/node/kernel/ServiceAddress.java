package dev.heddle.node.kernel;

/**
 * An address and port at which a service is, of either family.
 *
 * @param address the unspecified one stands for the addresses of all nodes
 * @param protocol IANA number
 */
public record ServiceAddress(Address address, int port, int protocol) {

    private static final Address IPV4 = new Ipv4(0);
    private static final Address IPV6 = new Ipv6(0, 0);

    /** A port at the addresses that nodes have of the same family as this one. */
    public static ServiceAddress nodePort(Address family, int port, int protocol) {
        return new ServiceAddress(family.isOfFamily(IPV4) ? IPV4 : IPV6, port, protocol);
    }
}
