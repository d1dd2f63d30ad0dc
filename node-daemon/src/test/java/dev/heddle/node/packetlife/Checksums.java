package dev.heddle.node.packetlife;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The checksums of a frame, each computed from all that it covers (RFC 1071, RFC 8200 section 8.1, RFC 9260). */
final class Checksums {

    private static final int IPV4_CHECKSUM = 10;
    private static final int ICMP_CHECKSUM = 2;
    private static final int ICMP_HEADER = 8;

    private final byte[] frame;
    private final ByteBuffer view;

    private Checksums(byte[] frame) {
        this.frame = frame;
        view = ByteBuffer.wrap(frame);
    }

    /** The same frame with right checksums. Of a first fragment as if it were all of its datagram. */
    static byte[] filled(byte[] frame) {
        Checksums sums = new Checksums(frame.clone());
        if ((sums.view.getShort(12) & 0xffff) == Packet.IPV4) {
            sums.ipv4();
        } else {
            sums.ipv6();
        }
        return sums.frame;
    }

    private void ipv4() {
        int header = Packet.ETHERNET_HEADER;
        int transport = header + (frame[header] & 0xf) * 4;
        ipv4Header(header);
        if ((view.getShort(header + 6) & 0x1fff) == 0) {
            transport(frame[header + 9] & 0xff, transport, header + 12, 4);
        }
    }

    private void ipv4Header(int header) {
        view.putShort(header + IPV4_CHECKSUM, (short) 0);
        view.putShort(header + IPV4_CHECKSUM, folded(sum(header, (frame[header] & 0xf) * 4)));
    }

    private void ipv6() {
        int header = Packet.ETHERNET_HEADER;
        int next = frame[header + 6] & 0xff;
        int at = Packet6.payloadAt();
        boolean later = false;
        while (next == Header6.HOP_BY_HOP || next == Header6.FRAGMENT || next == Header6.DESTINATION_OPTIONS) {
            later |= next == Header6.FRAGMENT && (view.getShort(at + 2) & 0xfff8) != 0;
            int length = next == Header6.FRAGMENT ? 8 : (frame[at + 1] + 1) * 8;
            next = frame[at] & 0xff;
            at += length;
        }
        if (!later) {
            transport(next, at, header + 8, 16);
        }
    }

    private void transport(int protocol, int at, int addresses, int addressLength) {
        int length = frame.length - at;
        long pseudo = sum(addresses, 2 * addressLength) + protocol + length;
        switch (protocol) {
            case Packet.TCP -> fill(at + 16, at, length, pseudo);
            case Packet.UDP -> fill(at + 6, at, length, pseudo);
            case Packet6.ICMP6 -> fill(at + ICMP_CHECKSUM, at, length, pseudo);
            case Packet.SCTP -> crc(at, length);
            default -> {
                if (frame[at] == 3) {
                    ipv4Header(at + ICMP_HEADER);
                }
                fill(at + ICMP_CHECKSUM, at, length, 0);
            }
        }
    }

    private void fill(int place, int at, int length, long pseudo) {
        view.putShort(place, (short) 0);
        view.putShort(place, folded(sum(at, length) + pseudo));
    }

    private void crc(int at, int length) {
        view.putInt(at + 8, 0);
        CRC32C crc = new CRC32C();
        crc.update(frame, at, length);
        view.putInt(at + 8, Integer.reverseBytes((int) crc.getValue()));
    }

    private long sum(int from, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (long) (frame[from + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        return sum;
    }

    private static short folded(long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded & 0xffff) + (folded >> 16);
        }
        return (short) ~folded;
    }
}
