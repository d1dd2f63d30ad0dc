package dev.heddle.cli.whatif;

import dev.heddle.policy.rule.Origin;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A pair whose verdict changes.
 *
 * @param ownNode {@code to} is the node that the sender runs on
 * @param family {@code IPv4} or {@code IPv6}, when they differ; else empty
 */
record Change(Group from, Group to, boolean ownNode, String family, List<Ports> ports) {

    /**
     * Where it changes: the ports {@code from} to {@code to} of a protocol.
     *
     * @param allowed afterwards; before it was the opposite
     * @param before what decided before; null when no rule did
     * @param after what will decide
     */
    record Ports(
            int protocol,
            int from,
            int to,
            boolean allowed,
            @Nullable Origin before,
            @Nullable Origin after) {

        boolean isContinuedBy(Ports next) {
            return protocol == next.protocol && to + 1 == next.from && isAlike(next);
        }

        /** Whether it is the same change at other ports. */
        boolean isAlike(Ports other) {
            return allowed == other.allowed
                    && Objects.equals(before, other.before)
                    && Objects.equals(after, other.after);
        }

        Ports upTo(int last) {
            return new Ports(protocol, from, last, allowed, before, after);
        }
    }
}
