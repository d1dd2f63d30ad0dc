package dev.heddle.policy.rule;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * An address range in canonical form: the bits behind the prefix are zero.
 *
 * @param text canonical text, such as {@code 10.0.0.0/8}
 */
public record Cidr(String text) implements Comparable<Cidr> {

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

    public Cidr {
        text = canonical(text);
    }

    /** Reads {@code ADDRESS/LENGTH}. @throws IllegalArgumentException saying what is wrong with the text */
    public static Cidr parse(String text) {
        return new Cidr(text);
    }

    /** The range of exactly one address. */
    public static Cidr host(String address) {
        return new Cidr(address + (address.indexOf(':') >= 0 ? "/128" : "/32"));
    }

    public boolean isIpv4() {
        return text.indexOf(':') < 0;
    }

    public int prefixLength() {
        return Integer.parseInt(text.substring(text.indexOf('/') + 1));
    }

    /** The network address, 4 or 16 bytes in network order. */
    public byte[] address() {
        return addressBytes(text.substring(0, text.indexOf('/')), text);
    }

    public boolean contains(Cidr other) {
        return isIpv4() == other.isIpv4()
                && prefixLength() <= other.prefixLength()
                && Arrays.equals(masked(other.address(), prefixLength()), address());
    }

    @Override
    public int compareTo(Cidr other) {
        int byAddress = Arrays.compareUnsigned(address(), other.address());
        return byAddress != 0 ? byAddress : Integer.compare(prefixLength(), other.prefixLength());
    }

    @Override
    public String toString() {
        return text;
    }

    private static String canonical(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' is not a CIDR: it has no '/'; write ADDRESS/LENGTH");
        }
        byte[] address = addressBytes(text.substring(0, slash), text);
        String lengthText = text.substring(slash + 1);
        int bits = address.length * 8;
        if (!lengthText.matches("\\d{1,3}") || Integer.parseInt(lengthText) > bits) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a CIDR: its prefix length must be a number from 0 to " + bits);
        }
        int length = Integer.parseInt(lengthText);
        return addressText(masked(address, length)) + "/" + length;
    }

    private static byte[] addressBytes(String address, String whole) {
        boolean looksRight = address.indexOf(':') >= 0
                ? address.matches("[0-9A-Fa-f:.]+")
                : IPV4.matcher(address).matches();
        if (looksRight) {
            try {
                return InetAddress.ofLiteral(address).getAddress();
            } catch (IllegalArgumentException e) {
                // Falls through to the one clear message.
            }
        }
        throw new IllegalArgumentException("'" + whole + "' is not a CIDR: '" + address + "' is not an IP address");
    }

    private static String addressText(byte[] address) {
        try {
            InetAddress inet = InetAddress.getByAddress(address);
            return inet instanceof Inet4Address || address.length == 16
                    ? inet.getHostAddress()
                    : "::ffff:" + inet.getHostAddress();
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] masked(byte[] address, int length) {
        byte[] result = address.clone();
        for (int bit = length; bit < result.length * 8; bit++) {
            result[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        return result;
    }
}
