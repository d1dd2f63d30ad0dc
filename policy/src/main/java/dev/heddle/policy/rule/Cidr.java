package dev.heddle.policy.rule;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * An address range of IPv4 or IPv6 in canonical form: the bits behind the prefix are zero. Two ranges are
 * either disjoint or one contains the other (RFC 4632).
 *
 * @param ipv4 the family; IPv4 and IPv6 ranges never contain each other
 * @param high the first 64 bits of the address, left-aligned; an IPv4 address is in its upper half
 * @param low the last 64 bits of an IPv6 address; zero for IPv4
 * @param prefixLength 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Cidr(boolean ipv4, long high, long low, int prefixLength) implements Comparable<Cidr> {

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

    public Cidr {
        if (prefixLength < 0 || prefixLength > (ipv4 ? 32 : 128)) {
            throw new IllegalArgumentException("no prefix length: " + prefixLength);
        }
        high &= mask(prefixLength);
        low = ipv4 ? 0 : low & mask(prefixLength - 64);
    }

    /** Reads {@code ADDRESS/LENGTH}. @throws IllegalArgumentException saying what is wrong with the text */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' is not a CIDR: it has no '/'; write ADDRESS/LENGTH");
        }
        byte[] address = addressBytes(text.substring(0, slash), "'" + text + "' is not a CIDR: ");
        String length = text.substring(slash + 1);
        int bits = address.length * 8;
        if (!length.matches("0|[1-9]\\d{0,2}") || Integer.parseInt(length) > bits) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a CIDR: its prefix length must be a number from 0 to " + bits);
        }
        return of(address, Integer.parseInt(length));
    }

    /** The range of exactly one address. @throws IllegalArgumentException if the text is not an IP address */
    public static Cidr host(String address) {
        byte[] bytes = addressBytes(address, "");
        return of(bytes, bytes.length * 8);
    }

    /** The range of exactly one IPv4 address, given in host byte order. */
    public static Cidr ofIpv4(int address) {
        return new Cidr(true, (long) address << 32, 0, 32);
    }

    private static Cidr of(byte[] address, int prefixLength) {
        return address.length == 4
                ? new Cidr(true, bits(address, 0, 4) << 32, 0, prefixLength)
                : new Cidr(false, bits(address, 0, 8), bits(address, 8, 16), prefixLength);
    }

    public boolean isIpv4() {
        return ipv4;
    }

    /** Whether the range is a single address. */
    public boolean isHost() {
        return prefixLength == (ipv4 ? 32 : 128);
    }

    /** The network address as a number in host byte order; only of IPv4 ranges. */
    public int ipv4Address() {
        if (!ipv4) {
            throw new IllegalStateException(this + " is not IPv4");
        }
        return (int) (high >>> 32);
    }

    /** The network address, 4 or 16 bytes in network order. */
    public byte[] address() {
        byte[] bytes = new byte[ipv4 ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((i < 8 ? high : low) >>> (56 - 8 * (i % 8)));
        }
        return bytes;
    }

    /** Whether every address of the other range is in this one. */
    public boolean contains(Cidr other) {
        return ipv4 == other.ipv4
                && prefixLength <= other.prefixLength
                && (other.high & mask(prefixLength)) == high
                && (ipv4 || (other.low & mask(prefixLength - 64)) == low);
    }

    /** The range of this length that contains this one. */
    public Cidr widenedTo(int shorterLength) {
        return new Cidr(ipv4, high, low, shorterLength);
    }

    /** Canonical text, such as {@code 10.0.0.0/8}. */
    public String text() {
        return addressText() + "/" + prefixLength;
    }

    /** IPv4 first, then by address; a range comes before what it contains. */
    @Override
    public int compareTo(Cidr other) {
        if (ipv4 != other.ipv4) {
            return ipv4 ? -1 : 1;
        }
        int byAddress =
                high != other.high ? Long.compareUnsigned(high, other.high) : Long.compareUnsigned(low, other.low);
        return byAddress != 0 ? byAddress : Integer.compare(prefixLength, other.prefixLength);
    }

    @Override
    public String toString() {
        return text();
    }

    private String addressText() {
        try {
            String text = InetAddress.getByAddress(address()).getHostAddress();
            return ipv4 || text.indexOf(':') >= 0 ? text : "::ffff:" + text;
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 bytes", e);
        }
    }

    private static byte[] addressBytes(String address, String complaint) {
        boolean ipv6 = address.indexOf(':') >= 0;
        if (ipv6 ? address.matches("[0-9A-Fa-f:.]+") : IPV4.matcher(address).matches()) {
            try {
                byte[] bytes = InetAddress.ofLiteral(address).getAddress();
                return ipv6 && bytes.length == 4 ? mapped(bytes) : bytes;
            } catch (IllegalArgumentException e) {
                // Falls through to the one clear message.
            }
        }
        throw new IllegalArgumentException(complaint + "'" + address + "' is not an IP address");
    }

    /** Java reads ::ffff:a.b.c.d as IPv4; it was written as IPv6 and stays it (RFC 4291, 2.5.5.2). */
    private static byte[] mapped(byte[] ipv4) {
        return new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, ipv4[0], ipv4[1], ipv4[2], ipv4[3]};
    }

    private static long bits(byte[] bytes, int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            bits = bits << 8 | (bytes[i] & 0xff);
        }
        return bits;
    }

    private static long mask(int length) {
        return length <= 0 ? 0 : length >= 64 ? -1 : -1L << (64 - length);
    }
}
