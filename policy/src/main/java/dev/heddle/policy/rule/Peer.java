package dev.heddle.policy.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The other side of a flow, as a rule names it. */
public sealed interface Peer {

    /** Every address there is. */
    record Anyone() implements Peer {}

    /** No address at all: an Accept that could not be understood. */
    record Nobody() implements Peer {}

    /**
     * Pods, by namespace and labels.
     *
     * @param namespaces selects namespaces by their labels; {@code null} is the rule's own namespace
     * @param ownNamespace the namespace of the rule's object
     * @param pods selects pods in these namespaces
     */
    record Pods(@Nullable LabelSelector namespaces, String ownNamespace, LabelSelector pods) implements Peer {}

    /** An address range without its exceptions, for pod addresses too. */
    record IpBlock(Cidr cidr, List<Cidr> except) implements Peer {
        public IpBlock {
            except = except.stream().distinct().sorted().toList();
        }
    }
}
