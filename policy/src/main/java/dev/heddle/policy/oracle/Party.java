package dev.heddle.policy.oracle;

import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import java.util.List;
import java.util.Map;

/** One end of a flow. A dual-stack pod or node is another party by each of its addresses. */
public sealed interface Party {

    /** The range of its one address. */
    Cidr address();

    /** A pod of which everything is known. */
    record Pod(
            String namespace,
            Map<String, String> namespaceLabels,
            Map<String, String> labels,
            List<NamedPort> ports,
            Cidr address)
            implements Party {}

    /** A pod address of which it is not known whose it is. */
    record Unidentified(Cidr address) implements Party {}

    /** An address outside the cluster's pods. */
    record Outside(Cidr address) implements Party {}

    /**
     * A node of the cluster; the one that the judged pod runs on, or another. As a sender, the own node is a packet
     * born on it, and another node is no more than its address.
     */
    record Node(Map<String, String> labels, Cidr address, boolean own) implements Party {}
}
