package dev.heddle.policy.rule;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Destination ports that a rule matches. A rule without any matches every port of every protocol. */
public sealed interface PortMatch {

    /** Whether ports of this protocol (IANA number) can match. */
    boolean isOf(int protocol);

    /** Every port of one protocol. */
    record AnyPort(Protocol protocol) implements PortMatch {
        @Override
        public boolean isOf(int number) {
            return protocol.number() == number;
        }
    }

    /** The ports {@code from} to {@code to}, both included, 1 to 65535. */
    record Range(Protocol protocol, int from, int to) implements PortMatch {
        public Range {
            if (from < 1 || to > 65535 || from > to) {
                throw new IllegalArgumentException("ports " + from + "-" + to + " are not a range within 1-65535");
            }
        }

        @Override
        public boolean isOf(int number) {
            return protocol.number() == number;
        }

        /** See {@link LabelSelector#equals}. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Range that && protocol == that.protocol && from == that.from && to == that.to;
        }

        @Override
        public int hashCode() {
            return 31 * (31 * from + to) + protocol.number();
        }
    }

    /**
     * The container port of this name, on whichever pod the flow ends.
     *
     * @param protocol {@code null} is every protocol of which the pod has a port of the name
     */
    record Named(@Nullable Protocol protocol, String name) implements PortMatch {
        @Override
        public boolean isOf(int number) {
            return Arrays.stream(Protocol.values())
                    .anyMatch(any -> any.number() == number && (protocol == null || protocol == any));
        }
    }
}
