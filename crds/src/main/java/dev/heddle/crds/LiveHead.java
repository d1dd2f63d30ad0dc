package dev.heddle.crds;

import java.util.Optional;

/**
 * One entry of NodeState's {@code status.live}: what the kernel runs of a namespace.
 *
 * @param namespace empty for the cluster-wide rules
 * @param sequence that of the PolicyHead
 */
public record LiveHead(String namespace, long sequence) {

    /** Reads {@code NAMESPACE=SEQUENCE}; empty for anything else, which says nothing. */
    public static Optional<LiveHead> parse(String text) {
        int equals = text.indexOf('=');
        return equals < 0 || !text.substring(equals + 1).matches("\\d{1,18}")
                ? Optional.empty()
                : Optional.of(new LiveHead(text.substring(0, equals), Long.parseLong(text.substring(equals + 1))));
    }

    @Override
    public String toString() {
        return namespace + "=" + sequence;
    }
}
