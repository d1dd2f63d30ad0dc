package dev.heddle.cli.facts;

import dev.heddle.policy.rule.Cidr;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Addresses as the API server writes them: IPv6 in the canonical form of RFC 5952. */
public final class AddressText {

    private static final int GROUPS = 8;

    private AddressText() {}

    /** The address of a range, without its length. */
    public static String of(Cidr address) {
        if (address.isIpv4()) {
            String text = address.text();
            return text.substring(0, text.indexOf('/'));
        }
        ByteBuffer bytes = ByteBuffer.wrap(address.address());
        List<Integer> groups = new ArrayList<>();
        while (bytes.hasRemaining()) {
            groups.add(Short.toUnsignedInt(bytes.getShort()));
        }
        int start = 0;
        int length = 1; // a single zero group is written out
        for (int i = 0; i < GROUPS; i++) {
            int zeros = 0;
            while (i + zeros < GROUPS && groups.get(i + zeros) == 0) {
                zeros++;
            }
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        return length == 1
                ? text(groups)
                : text(groups.subList(0, start)) + "::" + text(groups.subList(start + length, GROUPS));
    }

    private static String text(List<Integer> groups) {
        return String.join(":", groups.stream().map(Integer::toHexString).toList());
    }
}
