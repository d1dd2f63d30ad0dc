package dev.heddle.policy.support;

/** What rules can ask for that not every datapath can do. */
public enum Feature {
    /** Ranges of IPv6 addresses. */
    IPV6,
    /** Ports of SCTP. */
    SCTP,
    /** Ports by the name that the pod at the flow's end gives them. */
    NAMED_PORTS,
    /** Nodes of the cluster as peers. */
    NODES
}
