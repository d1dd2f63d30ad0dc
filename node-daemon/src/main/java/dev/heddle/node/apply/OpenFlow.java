package dev.heddle.node.apply;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.netlink.InetSocket;
import dev.heddle.node.ffm.netlink.PortRange;
import dev.heddle.node.ffm.netlink.SocketTable;
import dev.heddle.node.kernel.Ipv4;
import java.net.Inet4Address;
import java.net.InetAddress;
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
record OpenFlow(int protocol, Ipv4 local, int localPort, Ipv4 remote, int remotePort, int origin, int state) {

    /** A place at which a pod takes connections or datagrams. */
    private record Door(int protocol, int port) {}

    /**
     * The connections between a pod's address and others. Sockets do not say who began. A connection of a port at which
     * the pod listens came in. So did one from a port that the kernel chose to a port that it did not choose: its
     * listener is gone, as that of a server which takes one connection only. Every other went out.
     *
     * @param table of the pod's network namespace
     */
    static List<OpenFlow> of(Ipv4 pod, SocketTable table) {
        Set<Door> doors = table.sockets().stream()
                .filter(socket -> socket.isListening() && takesIpv4(socket, pod))
                .map(socket -> new Door(socket.protocol(), socket.localPort()))
                .collect(Collectors.toSet());
        return table.sockets().stream()
                .filter(socket -> !socket.isListening() && isAt(pod, socket.local()))
                .filter(socket -> socket.remote() instanceof Inet4Address && !isAt(pod, socket.remote()))
                .map(socket -> new OpenFlow(
                        socket.protocol(),
                        pod,
                        socket.localPort(),
                        Ipv4.of(socket.remote().getAddress()),
                        socket.remotePort(),
                        origin(socket, doors, table.chosen()),
                        state(socket)))
                .toList();
    }

    private static boolean takesIpv4(InetSocket listener, Ipv4 pod) {
        return listener.local().isAnyLocalAddress() ? !listener.ipv6Only() : isAt(pod, listener.local());
    }

    private static int origin(InetSocket socket, Set<Door> doors, PortRange chosen) {
        return switch (socket.state()) {
            case SYN_SENT -> Abi.EGRESS;
            case SYN_RECV -> Abi.INGRESS;
            default ->
                doors.contains(new Door(socket.protocol(), socket.localPort()))
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

    private static boolean isAt(Ipv4 pod, InetAddress address) {
        return address instanceof Inet4Address && Ipv4.of(address.getAddress()).equals(pod);
    }
}
