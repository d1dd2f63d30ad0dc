package dev.heddle.policy.rule;

/** Destination ports that a rule matches. A rule without any matches every port of every protocol. */
public sealed interface PortMatch {

    Protocol protocol();

    /** Every port of one protocol. */
    record AnyPort(Protocol protocol) implements PortMatch {}

    /** The ports {@code from} to {@code to}, both included, 1 to 65535. */
    record Range(Protocol protocol, int from, int to) implements PortMatch {
        public Range {
            if (from < 1 || to > 65535 || from > to) {
                throw new IllegalArgumentException("ports " + from + "-" + to + " are not a range within 1-65535");
            }
        }
    }

    /** The container port of this name, on whichever pod the flow ends. */
    record Named(Protocol protocol, String name) implements PortMatch {}
}
