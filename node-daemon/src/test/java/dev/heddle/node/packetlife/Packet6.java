package dev.heddle.node.packetlife;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An IPv6 packet in an Ethernet frame, RFC 8200. Checksums are left out: programs do not look.
 *
 * @param source whose device it comes from, or is about to enter
 * @param from the address that it says it comes from, 16 bytes
 * @param hopLimit what routers left of it
 * @param headers extension headers, in their order
 * @param protocol of the payload
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the test
record Packet6(
        Cast source,
        Cast destination,
        byte[] mac,
        byte[] from,
        byte[] to,
        int hopLimit,
        List<Header6> headers,
        int protocol,
        byte[] payload)
        implements Frame {
    static final int ICMP6 = 58;
    static final int NO_NEXT_HEADER = 59;
    static final int ESP = 50;
    static final int FIXED_HEADER = 40;

    private static final int ECHO_REQUEST = 128;
    private static final int ECHO_REPLY = 129;
    private static final int UNREACHABLE = 1;
    static final int PACKET_TOO_BIG = 2;
    static final int TIME_EXCEEDED = 3;
    static final int PARAMETER_PROBLEM = 4;

    /** An IPv4 packet of the tests with the same ends, and the same said in IPv6's words. */
    static Packet6 of(Packet packet) {
        boolean icmp = packet.protocol() == Packet.ICMP;
        byte[] from = packet.speaker() == null ? new byte[16] : packet.speaker().addressBytes(Family.IPV6);
        List<Header6> headers = new ArrayList<>();
        if (packet.options() > 0) {
            headers.add(Header6.options(Header6.HOP_BY_HOP, 4 * packet.options()));
        }
        if (packet.fragment() != 0) {
            headers.add(Header6.fragment(packet.fragment(), packet.id()));
        }
        return new Packet6(
                packet.source(),
                packet.destination(),
                packet.claimedMac(),
                from,
                packet.destination().addressBytes(Family.IPV6),
                64,
                List.copyOf(headers),
                icmp ? ICMP6 : packet.protocol(),
                icmp ? icmp6(packet) : packet.payload());
    }

    private static byte[] icmp6(Packet packet) {
        byte[] message = packet.payload().clone();
        message[0] = (byte)
                switch (message[0]) {
                    case 0 -> ECHO_REPLY;
                    case 3 -> message[Packet.ICMP_CODE] == Packet.FRAGMENTATION_NEEDED ? PACKET_TOO_BIG : UNREACHABLE;
                    case 8 -> ECHO_REQUEST;
                    default -> throw new IllegalArgumentException("ICMP type " + message[0]);
                };
        return packet.about() == null ? message : error(message[0], of(packet.about()));
    }

    /** An error about a packet, from somebody to whom it came from. */
    static Packet6 error(int type, Cast from, Cast to, Packet6 about) {
        return message(from, to, error(type, about));
    }

    /** The whole packet is quoted, as far as the smallest MTU allows. */
    private static byte[] error(int type, Packet6 about) {
        byte[] frame = about.bytes();
        return ByteBuffer.allocate(8 + frame.length - Packet.ETHERNET_HEADER)
                .put((byte) type)
                .put(new byte[7])
                .put(frame, Packet.ETHERNET_HEADER, frame.length - Packet.ETHERNET_HEADER)
                .array();
    }

    /** An ICMPv6 message. */
    static Packet6 message(Cast from, Cast to, byte[] message) {
        return new Packet6(
                from,
                to,
                from.mac(),
                from.addressBytes(Family.IPV6),
                to.addressBytes(Family.IPV6),
                64,
                List.of(),
                ICMP6,
                message);
    }

    /** Says it comes from this address. */
    Packet6 from(String address) {
        return new Packet6(
                source,
                destination,
                mac,
                InetAddress.ofLiteral(address).getAddress(),
                to,
                hopLimit,
                headers,
                protocol,
                payload);
    }

    Packet6 to(String address) {
        return new Packet6(
                source,
                destination,
                mac,
                from,
                InetAddress.ofLiteral(address).getAddress(),
                hopLimit,
                headers,
                protocol,
                payload);
    }

    Packet6 hopLimit(int left) {
        return new Packet6(source, destination, mac, from, to, left, headers, protocol, payload);
    }

    /** With these extension headers behind those that it has. */
    Packet6 with(Header6... more) {
        List<Header6> all = new ArrayList<>(headers);
        all.addAll(List.of(more));
        return new Packet6(source, destination, mac, from, to, hopLimit, List.copyOf(all), protocol, payload);
    }

    /** Another payload, which the headers say is of this protocol. */
    Packet6 carrying(int of, byte[] bytes) {
        return new Packet6(source, destination, mac, from, to, hopLimit, headers, of, bytes);
    }

    /** Where the bytes behind the fixed header begin. */
    static int payloadAt() {
        return Packet.ETHERNET_HEADER + FIXED_HEADER;
    }

    @Override
    public byte[] bytes() {
        ByteBuffer rest = ByteBuffer.allocate(32_768);
        for (int i = 0; i < headers.size(); i++) {
            headers.get(i).put(rest, next(i + 1));
        }
        rest.put(payload);
        ByteBuffer frame = ByteBuffer.allocate(payloadAt() + rest.position())
                .put(destination.mac())
                .put(mac)
                .putShort((short) Packet.IPV6)
                .putInt(0x6000_0000)
                .putShort((short) rest.position())
                .put((byte) next(0))
                .put((byte) hopLimit)
                .put(from)
                .put(to);
        return frame.put(Arrays.copyOf(rest.array(), rest.position())).array();
    }

    private int next(int index) {
        return index < headers.size() ? headers.get(index).kind() : protocol;
    }
}
