package dev.heddle.node.netns;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * A socket as programs in C have it: Java's own remember which address they were told and never ask the kernel.
 * Calls return what libc does; {@link #errno} says why one failed.
 */
final class NativeSocket implements AutoCloseable {

    static final int STREAM = Libc.SOCK_STREAM;
    static final int DATAGRAM = Libc.SOCK_DGRAM;
    static final int RAW = Libc.SOCK_RAW;
    static final int EPERM = 1;
    static final int ECONNREFUSED = 111;

    /** How the socket names an address: sockaddr_in, or sockaddr_in6, IPv4 as {@code ::ffff:a.b.c.d} (RFC 3493, 3.7). */
    enum Family {
        INET(2, 16, 4),
        INET6(10, 28, 8);

        private final int number;
        private final int size;
        private final int address;

        Family(int number, int size, int address) {
            this.number = number;
            this.size = size;
            this.address = address;
        }
    }

    private final Arena arena = Arena.ofShared();
    private final Libc libc = new Libc(arena);
    private final MemorySegment address = arena.allocate(32, 8);
    private final MemorySegment buffer = arena.allocate(256, 8);
    private final Family family;
    private final int fd;

    /**
     * A new one, which waits two seconds at most.
     *
     * @param type {@link #STREAM} or {@link #DATAGRAM}
     */
    NativeSocket(Family family, int type) {
        this(family, type, 0);
    }

    /** The same for a protocol that the type does not say: {@link #RAW}. */
    NativeSocket(Family family, int type, int protocol) {
        this.family = family;
        fd = libc.call("socket", family.number, type, protocol);
        libc.givesUp(fd);
    }

    long connect(InetSocketAddress to) {
        write(to);
        return libc.call("connect", fd, address.address(), family.size);
    }

    /** What getpeername(2) says. */
    InetSocketAddress peer() {
        MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, family.size);
        libc.call("getpeername", fd, address.address(), length.address());
        return read();
    }

    /** One byte to the peer. */
    long send() {
        return libc.call("send", fd, buffer.address(), 1, 0);
    }

    /** One byte to this address. */
    long send(InetSocketAddress to) {
        return send(to, new byte[1]);
    }

    long send(InetSocketAddress to, byte[] bytes) {
        write(to);
        MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return libc.call("sendto", fd, buffer.address(), bytes.length, 0, address.address(), family.size);
    }

    /** Waits for something. @return from whom recvfrom(2) says it came */
    InetSocketAddress receive() {
        MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, family.size);
        if (libc.call("recvfrom", fd, buffer.address(), buffer.byteSize(), 0, address.address(), length.address())
                < 0) {
            throw new AssertionError("nothing came, errno " + errno());
        }
        return read();
    }

    /** What lies at this place of what was received last. */
    int receivedShort(int at) {
        return Short.toUnsignedInt(buffer.asByteBuffer().getShort(at));
    }

    /** Of the last call that failed. */
    int errno() {
        return libc.errno();
    }

    private void write(InetSocketAddress to) {
        byte[] octets = to.getAddress().getAddress();
        ByteBuffer bytes = address.fill((byte) 0)
                .asByteBuffer()
                .putShort(0, Short.reverseBytes((short) family.number))
                .putShort(2, (short) to.getPort());
        if (family == Family.INET6 && octets.length == 4) {
            bytes.putShort(family.address + 10, (short) 0xffff).put(family.address + 12, octets);
        } else {
            bytes.put(family.address, octets);
        }
    }

    private InetSocketAddress read() {
        ByteBuffer bytes = address.asByteBuffer();
        byte[] octets = new byte[family == Family.INET6 ? 16 : 4];
        bytes.get(family.address, octets);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(octets), Short.toUnsignedInt(bytes.getShort(2)));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        libc.call("close", fd);
        arena.close();
    }
}
