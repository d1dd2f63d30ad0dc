package dev.heddle.node.netns;

import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.packetlife.Family;
import java.net.InetSocketAddress;

/** A service's address, which nobody has. Pod a sends what is for it to pod b's device. */
final class VirtualAddress {

    private VirtualAddress() {}

    static String of(Family family) {
        return family == Family.IPV4 ? "10.199.78.9" : "fd00:199:78::9";
    }

    /** Leads a port of it to a backend. */
    static void lead(SmallDaemon daemon, int protocol, InetSocketAddress service, InetSocketAddress backend) {
        daemon.leads(
                new ServiceAddress(Address.of(service.getAddress()), service.getPort(), protocol),
                new Backend(Address.of(backend.getAddress()), backend.getPort()));
    }

    /** Has packets for it leave pod a. */
    static void reachableFromA() {
        for (Family family : Family.values()) {
            TwoPods.A.sends(of(family), TwoPods.B);
        }
    }
}
