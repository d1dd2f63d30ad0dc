package dev.heddle.node.packetlife;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An ICMPv6 frame, as links need them: neighbour discovery (RFC 4861) and multicast listener discovery (RFC 2710, RFC 3810).
 * Checksums are left out: programs do not look.
 *
 * @param sender whose device and hardware address it has
 * @param source IPv6 address that it says it comes from
 * @param hopLimit 255 for neighbour discovery, 1 for listener discovery, so that no router passes it on
 * @param target the address that neighbour discovery is about
 * @param options 8-byte words of a hop-by-hop header, 0 without one
 * @param neighbourOptions what neighbour discovery has behind its message, RFC 4861 section 4.6
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the test
record Icmp6(Cast sender, String source, int hopLimit, int type, String target, int options, byte[] neighbourOptions) {
    static final int ECHO_REQUEST = 128;
    static final int LISTENER_QUERY = 130;
    static final int LISTENER_REPORT = 131;
    static final int LISTENER_DONE = 132;
    static final int ROUTER_SOLICITATION = 133;
    static final int ROUTER_ADVERTISEMENT = 134;
    static final int NEIGHBOUR_SOLICITATION = 135;
    static final int NEIGHBOUR_ADVERTISEMENT = 136;
    static final int REDIRECT = 137;
    static final int LISTENER_REPORT_2 = 143;

    static final int SOURCE_LINK_LAYER = 1;
    static final int TARGET_LINK_LAYER = 2;

    private static final String ALL_NODES = "ff02::1";
    private static final int NEXT_HOP_BY_HOP = 0;
    private static final int NEXT_ICMP6 = 58;

    /** From the sender's own link-local address, about that. */
    static Icmp6 of(Cast sender, int type) {
        String own = linkLocal(sender);
        return new Icmp6(sender, own, hopLimit(type), type, own, 0, new byte[0]);
    }

    static String linkLocal(Cast of) {
        return "fe80::" + of.addressBytes(Family.IPV4)[3];
    }

    private static int hopLimit(int type) {
        return type >= ROUTER_SOLICITATION && type <= REDIRECT ? 255 : 1;
    }

    Icmp6 withHopLimit(int limit) {
        return new Icmp6(sender, source, limit, type, target, options, neighbourOptions);
    }

    Icmp6 from(String address) {
        return new Icmp6(sender, address, hopLimit, type, target, options, neighbourOptions);
    }

    Icmp6 about(String address) {
        return new Icmp6(sender, source, hopLimit, type, address, options, neighbourOptions);
    }

    /** The router alert of RFC 2711 takes one word. */
    Icmp6 withOptions(int words) {
        return new Icmp6(sender, source, hopLimit, type, target, words, neighbourOptions);
    }

    /** Says that a hardware address is that of another, behind what is said already. */
    Icmp6 naming(int option, Cast whose) {
        return naming(option, 1, whose.mac());
    }

    /**
     * An option of any kind.
     *
     * @param words what it says of its length
     * @param content all but type and length
     */
    Icmp6 naming(int option, int words, byte[] content) {
        byte[] all = ByteBuffer.allocate(neighbourOptions.length + 2 + content.length)
                .put(neighbourOptions)
                .put((byte) option)
                .put((byte) words)
                .put(content)
                .array();
        return new Icmp6(sender, source, hopLimit, type, target, options, all);
    }

    byte[] bytes() {
        byte[] message = message();
        ByteBuffer frame = ByteBuffer.allocate(256);
        frame.put(new byte[] {0x33, 0x33, 0, 0, 0, 1}).put(sender.mac()).putShort((short) Packet.IPV6);
        frame.putInt(0x6000_0000)
                .putShort((short) (8 * options + message.length))
                .put((byte) (options == 0 ? NEXT_ICMP6 : NEXT_HOP_BY_HOP))
                .put((byte) hopLimit)
                .put(InetAddress.ofLiteral(source).getAddress())
                .put(InetAddress.ofLiteral(ALL_NODES).getAddress());
        if (options > 0) {
            frame.put((byte) NEXT_ICMP6).put((byte) (options - 1)).put(new byte[8 * options - 2]);
        }
        frame.put(message);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private byte[] message() {
        byte[] about = type == ROUTER_SOLICITATION
                ? new byte[0]
                : InetAddress.ofLiteral(target).getAddress();
        return ByteBuffer.allocate(8 + about.length + neighbourOptions.length)
                .put((byte) type)
                .put(new byte[7])
                .put(about)
                .put(neighbourOptions)
                .array();
    }
}
