package dev.heddle.node.apply;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.netlink.InetSocket;
import dev.heddle.node.ffm.netlink.PortRange;
import dev.heddle.node.ffm.netlink.SocketTable;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.PodAddresses;
import java.net.Inet4Address;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A connection that a pod has open, as conntrack would know it had it seen the first packet.
 *
 * @param protocol IANA number
 * @param origin direction of the first packet: {@code INGRESS} or {@code EGRESS}
 * @param state one of {@code CT_NEW}, {@code CT_ESTABLISHED}, {@code CT_CLOSING}
 */
record OpenFlow(int protocol, Address local, int localPort, Address remote, int remotePort, int origin, int state) {

    /** A place at which a pod takes connections or datagrams. */
    private record Door(int protocol, Address address, int port) {}

    /**
     * The connections between a pod's addresses and others. Sockets do not say who began. A connection of a port at which
     * the pod listens came in. So did one from a port that the kernel chose to a port that it did not choose: its
     * listener is gone, as that of a server which takes one connection only. Every other went out.
     *
     * @param table of the pod's network namespace
     */
    static List<OpenFlow> of(PodAddresses pod, SocketTable table) {
        Set<Door> doors = table.sockets().stream()
                .filter(InetSocket::isListening)
                .flatMap(socket -> pod.all().stream()
                        .filter(address -> takes(socket, address))
                        .map(address -> new Door(socket.protocol(), address, socket.localPort())))
                .collect(Collectors.toSet());
        return table.sockets().stream()
                .filter(socket -> !socket.isListening()
                        && pod.contains(Address.of(socket.local()))
                        && !pod.contains(Address.of(socket.remote())))
                .map(socket -> new OpenFlow(
                        socket.protocol(),
                        Address.of(socket.local()),
                        socket.localPort(),
                        Address.of(socket.remote()),
                        socket.remotePort(),
                        origin(socket, doors, table.chosen()),
                        state(socket)))
                .toList();
    }

    /** A listener at {@code ::} takes IPv4 too, unless it was told not to (ipv6(7), {@code IPV6_V6ONLY}). */
    private static boolean takes(InetSocket listener, Address address) {
        if (!listener.local().isAnyLocalAddress()) {
            return Address.of(listener.local()).equals(address);
        }
        boolean everyIpv4 = listener.local() instanceof Inet4Address;
        return switch (address) {
            case Ipv4 own -> everyIpv4 || !listener.ipv6Only();
            case Ipv6 own -> !everyIpv4;
        };
    }

    private static int origin(InetSocket socket, Set<Door> doors, PortRange chosen) {
        return switch (socket.state()) {
            case SYN_SENT -> Abi.EGRESS;
            case SYN_RECV -> Abi.INGRESS;
            default ->
                doors.contains(new Door(socket.protocol(), Address.of(socket.local()), socket.localPort()))
                                || (!chosen.contains(socket.localPort()) && chosen.contains(socket.remotePort()))
                        ? Abi.INGRESS
                        : Abi.EGRESS;
        };
    }

    private static int state(InetSocket socket) {
        return switch (socket.state()) {
            case SYN_SENT, SYN_RECV -> Abi.CT_NEW;
            case ESTABLISHED -> Abi.CT_ESTABLISHED;
            default -> Abi.CT_CLOSING;
        };
    }
}
