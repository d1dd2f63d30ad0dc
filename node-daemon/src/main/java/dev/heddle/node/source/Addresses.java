package dev.heddle.node.source;

import dev.heddle.node.kernel.Ipv4;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;

/** This node's own IPv4 addresses: of every device in its network namespace, bridges of pods included. */
public final class Addresses {

    private Addresses() {}

    /**
     * All but loopback.
     *
     * @throws SocketException when the kernel does not say
     */
    public static Set<Ipv4> ofThisNode() throws SocketException {
        Set<Ipv4> found = new HashSet<>();
        for (NetworkInterface device : (Iterable<NetworkInterface>) NetworkInterface.networkInterfaces()::iterator) {
            for (InetAddress address : (Iterable<InetAddress>) device.inetAddresses()::iterator) {
                if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
                    found.add(Ipv4.of(address.getAddress()));
                }
            }
        }
        return found;
    }
}
