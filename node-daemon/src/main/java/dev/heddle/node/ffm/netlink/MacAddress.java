package dev.heddle.node.ffm.netlink;

import java.util.HexFormat;

/**
 * An Ethernet address.
 *
 * @param bits its 48 bits, the first byte on the wire in the highest of them
 */
public record MacAddress(long bits) {
    private static final int BYTES = 6;
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    /** Reads {@code 02:42:ac:11:00:02}, or the same without colons. */
    public static MacAddress parse(String text) {
        byte[] bytes = (text.indexOf(':') >= 0 ? COLONS : HexFormat.of()).parseHex(text);
        return of(bytes);
    }

    /** From 6 bytes as on the wire. */
    public static MacAddress of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hardware address has 6 bytes, not " + bytes.length);
        }
        long bits = 0;
        for (byte b : bytes) {
            bits = (bits << 8) | (b & 0xff);
        }
        return new MacAddress(bits);
    }

    /** As on the wire. */
    public byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (bits >>> (8 * (BYTES - 1 - i)));
        }
        return bytes;
    }

    /** 12 hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    @Override
    public String toString() {
        return COLONS.formatHex(bytes());
    }
}
