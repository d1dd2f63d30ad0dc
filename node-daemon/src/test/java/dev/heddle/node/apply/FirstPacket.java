package dev.heddle.node.apply;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The packet that begins a flow, in an Ethernet frame. Checksums are left out: programs do not look. */
final class FirstPacket {

    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int ICMPV6 = 58;
    private static final int SYN = 0x5002;

    private FirstPacket() {}

    /** @param from 4 or 16 bytes, as {@code to} */
    static byte[] of(byte[] from, byte[] to, int protocol, int client, int port) {
        byte[] payload = payload(protocol, client, port);
        ByteBuffer frame = ByteBuffer.allocate(128).put(new byte[12]);
        if (from.length == 4) {
            frame.putShort((short) 0x0800)
                    .putShort((short) 0x4500)
                    .putShort((short) (20 + payload.length))
                    .putInt(0)
                    .put((byte) 64)
                    .put((byte) protocol)
                    .putShort((short) 0);
        } else {
            frame.putShort((short) 0x86dd)
                    .putInt(0x6000_0000)
                    .putShort((short) payload.length)
                    .put((byte) protocol)
                    .put((byte) 64);
        }
        frame.put(from).put(to).put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static byte[] payload(int protocol, int client, int port) {
        ByteBuffer payload = ByteBuffer.allocate(20);
        switch (protocol) {
            case ICMP -> payload.put((byte) 8).put(4, new byte[] {(byte) (client >> 8), (byte) client});
            case ICMPV6 -> payload.put((byte) 128).put(4, new byte[] {(byte) (client >> 8), (byte) client});
            case TCP -> payload.putShort((short) client).putShort((short) port).putShort(12, (short) SYN);
            default -> payload.putShort((short) client).putShort((short) port);
        }
        return payload.array();
    }
}
