package dev.heddle.node.packetlife;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One Ethernet frame, built in words: {@code tcp("web:40000", "api:8080").syn()}. Immutable.
 *
 * @param source who sends it: its device and hardware address
 * @param speaker whose address it says it comes from; null: 0.0.0.0
 * @param options 4-byte words of IPv4 options
 * @param fragment the IPv4 flags and offset field
 * @param about of an ICMP error, the packet that it quotes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the test
record Packet(
        Cast source,
        Cast destination,
        int etherType,
        byte[] claimedMac,
        @Nullable Cast speaker,
        int protocol,
        int options,
        int id,
        int fragment,
        byte[] payload,
        @Nullable Packet about)
        implements Frame {
    static final int IPV4 = 0x0800;
    static final int ARP = 0x0806;
    static final int VLAN = 0x8100;
    static final int IPV6 = 0x86dd;
    static final int ETHERNET_HEADER = 14;

    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int GRE = 47;
    static final int SCTP = 132;

    private static final int UNREACHABLE = 3;
    static final int ICMP_CODE = 1;
    static final int FRAGMENTATION_NEEDED = 4;

    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int ACK = 0x10;
    private static final int TCP_FLAGS = 13;
    private static final int SCTP_CHUNK = 12;
    private static final int MORE_FRAGMENTS = 0x2000;

    static Packet ipv4(Cast source, Cast destination, int protocol, byte[] payload) {
        return new Packet(source, destination, IPV4, source.mac(), source, protocol, 0, 7, 0, payload, null);
    }

    /** An established connection's segment; ends are {@code name:port}. */
    static Packet tcp(String from, String to) {
        byte[] header = ByteBuffer.allocate(20)
                .putShort((short) port(from))
                .putShort((short) port(to))
                .putInt(1)
                .putInt(1)
                .put((byte) 0x50)
                .put((byte) ACK)
                .putShort((short) 1000)
                .array();
        return ipv4(host(from), host(to), TCP, header);
    }

    static Packet udp(String from, String to) {
        byte[] datagram = ByteBuffer.allocate(12)
                .putShort((short) port(from))
                .putShort((short) port(to))
                .putShort((short) 12)
                .array();
        return ipv4(host(from), host(to), UDP, datagram);
    }

    /** A DATA chunk of an association, RFC 9260, 3.3.1. */
    static Packet sctp(String from, String to) {
        byte[] chunk = ByteBuffer.allocate(SCTP_CHUNK + 4)
                .putShort((short) port(from))
                .putShort((short) port(to))
                .array();
        return ipv4(host(from), host(to), SCTP, chunk);
    }

    /** The chunk that asks for an association, RFC 9260, 3.3.2. */
    Packet init() {
        return withSctpChunk(1);
    }

    Packet initAck() {
        return withSctpChunk(2);
    }

    /** With these bytes behind the chunk. */
    Packet ending(byte[] bytes) {
        return withPayload(ByteBuffer.allocate(payload.length + bytes.length)
                .put(payload)
                .put(bytes)
                .array());
    }

    private Packet withSctpChunk(int type) {
        byte[] chunk = payload.clone();
        chunk[SCTP_CHUNK] = (byte) type;
        return withPayload(chunk);
    }

    static Packet echoRequest(String from, String to, int id) {
        return query(8, from, to, id);
    }

    static Packet echoReply(String from, String to, int id) {
        return query(0, from, to, id);
    }

    /** One of ICMP's queries, or an answer to one: RFC 792, RFC 950. */
    static Packet query(int type, String from, String to, int id) {
        return icmp(from, to, type, id, new byte[8]);
    }

    /** Destination unreachable, told by somebody about a packet to whom it came from. */
    static Packet unreachable(String from, String to, Packet about) {
        return error(UNREACHABLE, from, to, about);
    }

    /** The next hop takes only less at a time: "fragmentation needed" (RFC 1191), and "packet too big" over IPv6. */
    static Packet tooBig(String from, String to, Packet about) {
        Packet error = error(UNREACHABLE, from, to, about);
        byte[] message = error.payload.clone();
        message[ICMP_CODE] = FRAGMENTATION_NEEDED;
        return error.withPayload(message);
    }

    /** An ICMP error, RFC 792. It quotes the header and the first eight bytes behind it. */
    static Packet error(int type, String from, String to, Packet about) {
        byte[] frame = about.bytes();
        byte[] start = Arrays.copyOfRange(frame, ETHERNET_HEADER, Math.min(frame.length, 14 + 28));
        return icmp(from, to, type, 0, start).quoting(about);
    }

    private static Packet icmp(String from, String to, int type, int id, byte[] rest) {
        byte[] message = ByteBuffer.allocate(8 + rest.length)
                .put((byte) type)
                .put((byte) (type == 3 ? 1 : 0))
                .putShort((short) 0)
                .putShort((short) id)
                .putShort((short) 1)
                .put(rest)
                .array();
        return ipv4(host(from), host(to), ICMP, message);
    }

    /** "Who has the other's address? Tell me", RFC 826. */
    static Packet arp(String from, String to) {
        return ipv4(host(from), host(to), 0, new byte[0]).ofEtherType(ARP);
    }

    Packet syn() {
        return withTcpFlags(SYN);
    }

    Packet synAck() {
        return withTcpFlags(SYN | ACK);
    }

    Packet fin() {
        return withTcpFlags(FIN | ACK);
    }

    Packet rst() {
        return withTcpFlags(RST);
    }

    private Packet withTcpFlags(int flags) {
        byte[] header = payload.clone();
        header[TCP_FLAGS] = (byte) flags;
        return withPayload(header);
    }

    /** Says it comes from another's IPv4 address; the hardware address stays. */
    Packet claimingAddressOf(String other) {
        return claiming(claimedMac, host(other));
    }

    Packet claimingMacOf(String other) {
        return claiming(host(other).mac(), speaker);
    }

    /** As sender of an ARP probe: 0.0.0.0, RFC 5227. */
    Packet claimingNoAddress() {
        return claiming(claimedMac, null);
    }

    private Packet claiming(byte[] mac, @Nullable Cast claimed) {
        return new Packet(
                source, destination, etherType, mac, claimed, protocol, options, id, fragment, payload, about);
    }

    Packet ofEtherType(int type) {
        return new Packet(
                source, destination, type, claimedMac, speaker, protocol, options, id, fragment, payload, about);
    }

    Packet withOptions(int words) {
        return new Packet(
                source, destination, etherType, claimedMac, speaker, protocol, words, id, fragment, payload, about);
    }

    Packet firstFragment(int datagram) {
        return fragmented(datagram, MORE_FRAGMENTS);
    }

    /** A later fragment: its bytes are no header. */
    Packet laterFragment(int datagram, int offset) {
        return fragmented(datagram, offset / 8).withPayload(new byte[payload.length]);
    }

    private Packet fragmented(int datagram, int field) {
        return new Packet(
                source,
                destination,
                etherType,
                claimedMac,
                speaker,
                protocol,
                options,
                datagram,
                field,
                payload,
                about);
    }

    private Packet withPayload(byte[] bytes) {
        return new Packet(
                source, destination, etherType, claimedMac, speaker, protocol, options, id, fragment, bytes, about);
    }

    private Packet quoting(Packet quoted) {
        return new Packet(
                source, destination, etherType, claimedMac, speaker, protocol, options, id, fragment, payload, quoted);
    }

    /** The same with IPv6 addresses. What speaks of IPv4 only stays what it is. */
    Frame over(Family family) {
        return family == Family.IPV6 && etherType == IPV4 ? Packet6.of(this) : this;
    }

    @Override
    public byte[] bytes() {
        ByteBuffer frame = ByteBuffer.allocate(2048);
        frame.put(destination.mac()).put(claimedMac);
        switch (etherType) {
            case ARP -> frame.putShort((short) ARP).put(arpBytes());
            case VLAN ->
                frame.putShort((short) VLAN)
                        .putShort((short) 5)
                        .putShort((short) IPV4)
                        .put(ipv4Bytes());
            default -> frame.putShort((short) etherType).put(ipv4Bytes());
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private byte[] claimedAddress() {
        return speaker == null ? new byte[4] : speaker.addressBytes(Family.IPV4);
    }

    private byte[] arpBytes() {
        return ByteBuffer.allocate(28)
                .putShort((short) 1)
                .putShort((short) IPV4)
                .put((byte) 6)
                .put((byte) 4)
                .putShort((short) 1)
                .put(claimedMac)
                .put(claimedAddress())
                .put(new byte[6])
                .put(destination.addressBytes(Family.IPV4))
                .array();
    }

    private byte[] ipv4Bytes() {
        int header = 20 + 4 * options;
        return ByteBuffer.allocate(header + payload.length)
                .put((byte) (0x40 | header / 4))
                .put((byte) 0)
                .putShort((short) (header + payload.length))
                .putShort((short) id)
                .putShort((short) fragment)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .put(claimedAddress())
                .put(destination.addressBytes(Family.IPV4))
                .put(new byte[4 * options])
                .put(payload)
                .array();
    }

    private static Cast host(String end) {
        return Cast.of(end.contains(":") ? end.substring(0, end.indexOf(':')) : end);
    }

    private static int port(String end) {
        return Integer.parseInt(end.substring(end.indexOf(':') + 1));
    }
}
