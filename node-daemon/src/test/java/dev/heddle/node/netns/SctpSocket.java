package dev.heddle.node.netns;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A one-to-one style SCTP socket of IPv4 or IPv6 (RFC 6458, section 4). Every call gives up after two seconds. */
final class SctpSocket implements AutoCloseable {

    private static final int SCTP = 132;

    private final Arena arena = Arena.ofShared();
    private final Libc libc = new Libc(arena);
    private final MemorySegment buffer = arena.allocate(64, 8);
    private final int fd;

    /** A new one for addresses like this one. */
    SctpSocket(InetAddress like) {
        fd = libc.call("socket", like.getAddress().length == 4 ? 2 : 10, Libc.SOCK_STREAM, SCTP);
        if (fd < 0) {
            throw new AssertionError("no SCTP sockets here: errno " + libc.errno());
        }
        libc.givesUp(fd);
    }

    private SctpSocket(int fd) {
        this.fd = fd;
        libc.givesUp(fd);
    }

    static SctpSocket listen(InetSocketAddress place) {
        SctpSocket socket = new SctpSocket(place.getAddress());
        MemorySegment address = socket.address(place);
        if (socket.libc.call("bind", socket.fd, address.address(), address.byteSize()) < 0
                || socket.libc.call("listen", socket.fd, 8) < 0) {
            throw new AssertionError("cannot listen at " + place + ": errno " + socket.libc.errno());
        }
        return socket;
    }

    /** Whether an association was made. */
    boolean connects(InetSocketAddress to) {
        MemorySegment address = address(to);
        return libc.call("connect", fd, address.address(), address.byteSize()) == 0;
    }

    /** The other end of an association that somebody made with this listener; empty if nobody does. */
    Optional<SctpSocket> accept() {
        int accepted = libc.call("accept", fd, 0, 0);
        return accepted < 0 ? Optional.empty() : Optional.of(new SctpSocket(accepted));
    }

    /** Sends one message, which arrives whole or not at all. */
    void send(int value) {
        buffer.set(ValueLayout.JAVA_INT, 0, value);
        if (libc.call("send", fd, buffer.address(), Integer.BYTES, 0) != Integer.BYTES) {
            throw new AssertionError("not sent: errno " + libc.errno());
        }
    }

    /** The next message; -1 if none comes. */
    int receive() {
        return libc.call("recv", fd, buffer.address(), buffer.byteSize(), 0) == Integer.BYTES
                ? buffer.get(ValueLayout.JAVA_INT, 0)
                : -1;
    }

    /** {@code sockaddr_in} or {@code sockaddr_in6}. */
    private MemorySegment address(InetSocketAddress place) {
        byte[] octets = place.getAddress().getAddress();
        boolean ipv4 = octets.length == 4;
        MemorySegment address = arena.allocate(ipv4 ? 16 : 28, 8);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) (ipv4 ? 2 : 10));
        address.set(ValueLayout.JAVA_BYTE, 2, (byte) (place.getPort() >> 8));
        address.set(ValueLayout.JAVA_BYTE, 3, (byte) place.getPort());
        MemorySegment.copy(octets, 0, address, ValueLayout.JAVA_BYTE, ipv4 ? 4 : 8, octets.length);
        return address;
    }

    @Override
    public void close() {
        libc.call("close", fd);
        arena.close();
    }
}
