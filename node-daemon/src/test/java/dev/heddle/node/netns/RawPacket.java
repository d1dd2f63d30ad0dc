package dev.heddle.node.netns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What begins a flow, from the ports on, as who owns a raw socket has to write it: raw(7). */
final class RawPacket {

    private static final int UDP = 17;
    private static final int UDP_CHECKSUM = 6;
    private static final int TCP = 6;
    private static final int TCP_CHECKSUM = 16;
    private static final int SYN = 0x02;

    private RawPacket() {}

    static byte[] datagram(InetSocketAddress from, InetSocketAddress to) {
        byte[] datagram = new byte[12];
        ports(datagram, from, to).putShort((short) datagram.length);
        return withChecksum(datagram, UDP_CHECKSUM, UDP, from.getAddress(), to.getAddress());
    }

    static byte[] syn(InetSocketAddress from, InetSocketAddress to) {
        byte[] segment = new byte[20];
        ports(segment, from, to)
                .putInt(1)
                .putInt(0)
                .put((byte) 0x50)
                .put((byte) SYN)
                .putShort((short) 1000);
        return withChecksum(segment, TCP_CHECKSUM, TCP, from.getAddress(), to.getAddress());
    }

    private static ByteBuffer ports(byte[] packet, InetSocketAddress from, InetSocketAddress to) {
        return ByteBuffer.wrap(packet).putShort((short) from.getPort()).putShort((short) to.getPort());
    }

    /** RFC 1071, with the pseudo header that both families sum alike. */
    private static byte[] withChecksum(byte[] packet, int at, int protocol, InetAddress from, InetAddress to) {
        ByteBuffer summed = ByteBuffer.allocate(2 * 16 + 4 + packet.length)
                .put(from.getAddress())
                .put(to.getAddress())
                .putShort((short) protocol)
                .putShort((short) packet.length)
                .put(packet);
        int sum = 0;
        for (int i = 0; i < summed.position(); i += 2) {
            sum += summed.getShort(i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        ByteBuffer.wrap(packet).putShort(at, (short) ~(sum + (sum >>> 16)));
        return packet;
    }
}
