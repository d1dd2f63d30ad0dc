package dev.heddle.policy.oracle;

import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import java.util.List;
import java.util.Map;

/** One end of a flow. */
public sealed interface Party {

    /**
     * A pod of which everything is known.
     *
     * @param address the range of its one address
     */
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

    /** The node that the judged pod runs on. */
    record OwnNode() implements Party {}
}
