package dev.heddle.node.packetlife;

import java.nio.ByteBuffer;

/**
 * An IPv6 extension header, RFC 8200 section 4.
 *
 * @param content all but its first byte, which says what follows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the test
record Header6(int kind, byte[] content) {
    static final int HOP_BY_HOP = 0;
    static final int ROUTING = 43;
    static final int FRAGMENT = 44;
    static final int AUTHENTICATION = 51;
    static final int DESTINATION_OPTIONS = 60;

    private static final int MORE_FRAGMENTS = 0x2000;

    /** Hop-by-hop or destination options, only padding. */
    static Header6 options(int kind, int bytes) {
        byte[] content = new byte[bytes - 1];
        content[0] = (byte) (bytes / 8 - 1);
        return new Header6(kind, content);
    }

    /** With so many waypoints, of which so many are still to be passed. */
    static Header6 routing(int waypoints, int left) {
        byte[] content = new byte[7 + 16 * waypoints];
        content[0] = (byte) (2 * waypoints);
        content[2] = (byte) left;
        return new Header6(ROUTING, content);
    }

    /** With an integrity check value of 12 bytes: its length counts four bytes, RFC 4302. */
    static Header6 authentication() {
        byte[] content = new byte[23];
        content[0] = 24 / 4 - 2;
        return new Header6(AUTHENTICATION, content);
    }

    /** @param field as IPv4 has it: offset in 8 bytes, and whether more follow */
    static Header6 fragment(int field, int id) {
        int offset = (field & 0x1fff) << 3;
        return new Header6(
                FRAGMENT,
                ByteBuffer.allocate(7)
                        .put((byte) 0)
                        .putShort((short) (offset | ((field & MORE_FRAGMENTS) == 0 ? 0 : 1)))
                        .putInt(id)
                        .array());
    }

    static Header6 firstFragment(int id) {
        return fragment(MORE_FRAGMENTS, id);
    }

    /** @param offset in bytes */
    static Header6 laterFragment(int offset, int id) {
        return fragment(offset / 8, id);
    }

    void put(ByteBuffer frame, int next) {
        frame.put((byte) next).put(content);
    }
}
