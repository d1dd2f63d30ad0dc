package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Cidr;
import java.util.HashSet;
import java.util.Set;

/** The pages that prefixes take in the address tree, whose IPv4 strides are 16, 8 and 8 bits. */
final class Pages {

    private final Set<Cidr> taken = new HashSet<>();
    private final int limit;

    Pages(int limit) {
        this.limit = limit;
    }

    /** Takes the pages that a prefix needs; false, and nothing taken, if there is no room. */
    boolean place(Cidr prefix) {
        Set<Cidr> needed = new HashSet<>();
        if (prefix.isIpv4() && prefix.prefixLength() > 16) {
            needed.add(prefix.widenedTo(16));
        }
        if (prefix.isIpv4() && prefix.prefixLength() > 24) {
            needed.add(prefix.widenedTo(24));
        }
        needed.removeAll(taken);
        return taken.size() + needed.size() <= limit && (needed.isEmpty() || taken.addAll(needed));
    }
}
