package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.ControlLayout;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.ServiceAddress;

/**
 * Where services may be, so that programs need not ask for other packets: one range of addresses for each family, and
 * one of node ports. It only grows while the daemon runs: a range too wide costs a look, nothing else.
 */
final class ServiceFilter {

    private static final Address NO_IPV4 = new Ipv4(0);
    private static final Address NO_IPV6 = new Ipv6(0, 0);

    private final MappedArray control;
    private AddressRange ipv4 = AddressRange.NONE;
    private AddressRange ipv6 = AddressRange.NONE;
    private int firstPort = 0xffff;
    private int lastPort;
    private boolean begun;

    ServiceFilter(MappedArray control) {
        this.control = control;
    }

    /**
     * A service that is about to be there, or, before {@link #begin()}, one that is. One at a node's address is where its
     * node port is.
     */
    void admit(ServiceAddress service, boolean atNode) {
        if (service.address().equals(NO_IPV4) || service.address().equals(NO_IPV6)) {
            ports(service.port());
        } else if (!atNode) {
            address(service.address());
        }
    }

    private void ports(int port) {
        if (port < firstPort || port > lastPort) {
            firstPort = Math.min(firstPort, port);
            lastPort = Math.max(lastPort, port);
            changed();
        }
    }

    private void address(Address address) {
        AddressRange before4 = ipv4;
        AddressRange before6 = ipv6;
        switch (address) {
            case Ipv4(var bits) -> ipv4 = ipv4.with(0, Integer.toUnsignedLong(bits));
            case Ipv6(var high, var low) -> ipv6 = ipv6.with(high, low);
        }
        if (!ipv4.equals(before4) || !ipv6.equals(before6)) {
            changed();
        }
    }

    /** All services that are there were admitted: from now on programs look nowhere else. */
    void begin() {
        begun = true;
        write();
    }

    private void changed() {
        if (begun) {
            write();
        }
    }

    /** Programs look everywhere while it is written. */
    private void write() {
        control.setIntRelease(0, ControlLayout.SERVICE_FILTER_USED, 0);
        control.write(0, ControlLayout.SERVICE_MASK4, ipv4.mask().octets(), 12, 4);
        control.write(0, ControlLayout.SERVICE_NET4, ipv4.first().octets(), 12, 4);
        control.write(0, ControlLayout.SERVICE_MASK6, ipv6.mask().octets(), 0, 16);
        control.write(0, ControlLayout.SERVICE_NET6, ipv6.first().octets(), 0, 16);
        control.setShort(0, ControlLayout.NODE_PORT_FIRST, (short) firstPort);
        control.setShort(0, ControlLayout.NODE_PORT_LAST, (short) lastPort);
        control.setIntRelease(0, ControlLayout.SERVICE_FILTER_USED, 1);
    }
}
