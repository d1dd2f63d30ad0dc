package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Cidr;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The pages that prefixes take in the address tree, whose IPv4 strides are 16, 8 and 8 bits. */
final class Pages {

    private Pages() {}

    static int needed(Collection<Cidr> prefixes) {
        Set<Cidr> pages = new HashSet<>();
        for (Cidr prefix : prefixes) {
            if (prefix.isIpv4() && prefix.prefixLength() > 16) {
                pages.add(prefix.widenedTo(16));
            }
            if (prefix.isIpv4() && prefix.prefixLength() > 24) {
                pages.add(prefix.widenedTo(24));
            }
        }
        return pages.size();
    }
}
