package dev.heddle.node.ffm.netlink;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The TCP and UDP sockets of one network namespace, without those in TIME_WAIT. Source: sock_diag(7), linux/inet_diag.h.
 *
 * @param chosen ports that the kernel gives to sockets that ask for none (ip(7), {@code ip_local_port_range})
 * @param whole whether these are all
 */
public record SocketTable(List<InetSocket> sockets, PortRange chosen, boolean whole) {
    private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TCP_STATES = TcpState.ESTABLISHED.bit()
            | TcpState.SYN_SENT.bit()
            | TcpState.SYN_RECV.bit()
            | TcpState.FIN_WAIT1.bit()
            | TcpState.FIN_WAIT2.bit()
            | TcpState.CLOSE_WAIT.bit()
            | TcpState.LAST_ACK.bit()
            | TcpState.LISTEN.bit()
            | TcpState.CLOSING.bit();
    private static final int UDP_STATES = TcpState.ESTABLISHED.bit() | TcpState.CLOSE.bit();
    /** {@code struct inet_diag_msg}: its size, and where the ports and addresses lie. */
    private static final int FIXED = 72;

    private static final int LOCAL_PORT = 4;
    private static final int REMOTE_PORT = 6;
    private static final int LOCAL = 8;
    private static final int REMOTE = 24;
    private static final int INET_DIAG_SKV6ONLY = 11;

    public SocketTable {
        sockets = List.copyOf(sockets);
    }

    /**
     * Reads those that listen and those that speak from one of these addresses. A socket that comes or goes meanwhile may be there or not.
     *
     * @param most sockets of the namespace that are looked at, so that nobody's thousands hold up others
     */
    public static SocketTable read(Path namespace, Set<InetAddress> from, int most) {
        return NetworkNamespace.inside(namespace, () -> readHere(from, most));
    }

    private static SocketTable readHere(Set<InetAddress> from, int most) {
        List<InetSocket> found = new ArrayList<>();
        PortRange chosen = portRange();
        int[] left = {most};
        try (NetlinkSocket socket = NetlinkSocket.sockDiag()) {
            for (int protocol : new int[] {TCP, UDP}) {
                for (int family : new int[] {AF_INET, AF_INET6}) {
                    socket.dump(
                            "list sockets",
                            protocol == TCP ? "tcp_diag" : "udp_diag",
                            request(family, protocol),
                            body -> {
                                InetSocket each = socket(body, protocol);
                                if (each.isListening() || from.contains(each.local())) {
                                    found.add(each);
                                }
                                return --left[0] > 0;
                            });
                    if (left[0] <= 0) {
                        return new SocketTable(found, chosen, false);
                    }
                }
            }
        }
        return new SocketTable(found, chosen, true);
    }

    private static PortRange portRange() {
        byte[] line = new byte[64];
        try (InputStream in = Files.newInputStream(PORT_RANGE)) {
            int length = in.read(line); // a sysctl answers the first read only, with what fits
            return PortRange.parse(new String(line, 0, Math.max(length, 0), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return PortRange.USUAL;
        }
    }

    private static Message request(int family, int protocol) {
        return new Message(Message.SOCKETS_BY_FAMILY, Message.DUMP)
                .sockets(family, protocol, protocol == TCP ? TCP_STATES : UDP_STATES);
    }

    private static InetSocket socket(ByteBuffer body, int protocol) {
        int family = body.get(0);
        Attributes attributes =
                Attributes.parse(body.slice(FIXED, body.limit() - FIXED).order(ByteOrder.nativeOrder()));
        byte[] ipv6Only = attributes.bytes(INET_DIAG_SKV6ONLY);
        return new InetSocket(
                protocol,
                TcpState.of(body.get(1)),
                address(body, LOCAL, family),
                port(body, LOCAL_PORT),
                address(body, REMOTE, family),
                port(body, REMOTE_PORT),
                ipv6Only != null && ipv6Only[0] != 0);
    }

    /** An IPv4 address inside an IPv6 one comes out as what it is. */
    private static InetAddress address(ByteBuffer body, int offset, int family) {
        byte[] bytes = new byte[family == AF_INET ? 4 : 16];
        body.get(offset, bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 bytes", e);
        }
    }

    private static int port(ByteBuffer body, int offset) {
        return ((body.get(offset) & 0xff) << 8) | (body.get(offset + 1) & 0xff);
    }
}
