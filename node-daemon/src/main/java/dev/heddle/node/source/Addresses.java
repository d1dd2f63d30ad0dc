package dev.heddle.node.source;

import dev.heddle.node.kernel.Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;

/** This node's own addresses: of every device in its network namespace, bridges of pods included. */
public final class Addresses {

    private Addresses() {}

    /**
     * All but loopback, and but link-local IPv6 addresses, which every device has.
     *
     * @throws SocketException when the kernel does not say
     */
    public static Set<Address> ofThisNode() throws SocketException {
        Set<Address> found = new HashSet<>();
        for (NetworkInterface device : (Iterable<NetworkInterface>) NetworkInterface.networkInterfaces()::iterator) {
            for (InetAddress address : (Iterable<InetAddress>) device.inetAddresses()::iterator) {
                boolean nobodys = address instanceof Inet6Address && address.isLinkLocalAddress();
                if (!nobodys && !address.isLoopbackAddress()) {
                    found.add(Address.of(address));
                }
            }
        }
        return found;
    }
}
