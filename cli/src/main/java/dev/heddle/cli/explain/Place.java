package dev.heddle.cli.explain;

import dev.heddle.cli.facts.Owner;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.policy.rule.Cidr;

/** One end of a connection, as a person names it. */
public sealed interface Place {

    /** {@code POD} or {@code NAMESPACE/POD}. */
    record Pod(String namespace, String name) implements Place {}

    /** {@code deploy/NAME} or {@code NAMESPACE/deploy/NAME}: one of its pods. */
    record Workload(String namespace, Owner owner) implements Place {}

    /** {@code node/NAME}. */
    record Node(String name) implements Place {}

    /** An IP address, with or without its full length behind it. */
    record Address(Cidr address) implements Place {}

    /** {@code world}: an address outside the cluster of which no policy says anything in particular. */
    record World() implements Place {}

    /**
     * Reads what was typed.
     *
     * @param namespace of names that say none
     * @throws NoAnswerException if it is none of these
     */
    static Place parse(String text, String namespace) {
        if (text.equals("world")) {
            return new World();
        }
        if (text.indexOf(':') >= 0 || text.matches("[0-9.]+(/\\d+)?")) {
            return new Address(address(text));
        }
        String[] parts = text.split("/", -1);
        for (String part : parts) {
            if (!part.matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?")) {
                throw none(text);
            }
        }
        return switch (parts.length) {
            case 1 -> new Pod(namespace, parts[0]);
            case 2 -> parts[0].equals("node") ? new Node(parts[1]) : of(namespace, parts[0], parts[1]);
            case 3 -> ofThree(text, parts);
            default -> throw none(text);
        };
    }

    private static Place of(String namespace, String first, String name) {
        String kind = Owner.kindTyped(first);
        if (!kind.isEmpty()) {
            return new Workload(namespace, new Owner(kind, name));
        }
        return first.equals("pod") ? new Pod(namespace, name) : new Pod(first, name);
    }

    private static Place ofThree(String text, String[] parts) {
        String kind = Owner.kindTyped(parts[1]);
        if (!kind.isEmpty()) {
            return new Workload(parts[0], new Owner(kind, parts[2]));
        }
        if (parts[1].equals("pod")) {
            return new Pod(parts[0], parts[2]);
        }
        throw none(text);
    }

    private static Cidr address(String text) {
        try {
            Cidr range = text.indexOf('/') < 0 ? Cidr.host(text) : Cidr.parse(text);
            if (range.isHost()) {
                return range;
            }
        } catch (IllegalArgumentException e) {
            throw new NoAnswerException("'" + text + "' is no address: " + e.getMessage(), e);
        }
        throw new NoAnswerException("'" + text + "' is a range; give one of its addresses");
    }

    private static NoAnswerException none(String text) {
        return new NoAnswerException(
                "'" + text
                        + "' is no end of a connection; give POD, NAMESPACE/POD, deploy/NAME, node/NAME, an IP address or world");
    }
}
