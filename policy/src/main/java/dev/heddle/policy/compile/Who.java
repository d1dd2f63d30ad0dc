package dev.heddle.policy.compile;

import java.util.Map;

/** What is known about who is behind an address. */
public sealed interface Who {

    Who PENDING = new Pending();
    Who WORLD = new World();
    Who HOST = new Host();

    /**
     * A pod.
     *
     * @param identity hash of its identity
     */
    record Known(String identity) implements Who {}

    /**
     * A pod whose identity has not arrived, is claimed twice, or is of a namespace not yet known. Rules that ask
     * for identity match it as DENY and never as ACCEPT; rules that do not ask are judged as they are.
     */
    record Pending() implements Who {}

    /** No pod of this cluster. */
    record World() implements Who {}

    /** This node as the sender of packets that are born here; as a destination, by which address is not told. */
    record Host() implements Who {}

    /**
     * A node by one of its addresses, as a destination. As a sender it is the world: an address proves nothing.
     *
     * @param labels those of its labels that some rule asks for
     * @param own whether it is this node
     */
    record Node(Map<String, String> labels, boolean own) implements Who {}
}
