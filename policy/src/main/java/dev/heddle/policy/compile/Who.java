package dev.heddle.policy.compile;

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

    /** This node itself: traffic from and to it is accepted at tier NETWORK_POLICY. */
    record Host() implements Who {}
}
