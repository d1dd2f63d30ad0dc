package dev.heddle.policy.rule;

import java.util.List;
import java.util.Objects;
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
    record Pods(@Nullable LabelSelector namespaces, String ownNamespace, LabelSelector pods) implements Peer {

        /** See {@link LabelSelector#equals}. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other
                    || (other instanceof Pods that
                            && ownNamespace.equals(that.ownNamespace)
                            && pods.equals(that.pods)
                            && Objects.equals(namespaces, that.namespaces));
        }

        @Override
        public int hashCode() {
            return 31 * (31 * pods.hashCode() + Objects.hashCode(namespaces)) + ownNamespace.hashCode();
        }
    }

    /** Addresses by range, whoever has them: in one of some ranges and in none of others. */
    sealed interface Ranges extends Peer {

        /** The ranges that an address must be in one of. */
        List<Cidr> in();

        /** The ranges that it must not be in. */
        List<Cidr> except();
    }

    /** An address range without its exceptions, for pod addresses too. */
    record IpBlock(Cidr cidr, List<Cidr> except) implements Ranges {
        public IpBlock {
            except = except.stream().distinct().sorted().toList();
        }

        @Override
        public List<Cidr> in() {
            return List.of(cidr);
        }
    }

    /** Address ranges, for pod addresses too. */
    record Networks(List<Cidr> in) implements Ranges {
        public Networks {
            in = in.stream().distinct().sorted().toList();
        }

        @Override
        public List<Cidr> except() {
            return List.of();
        }
    }

    /** Nodes of the cluster by their labels, as destinations: an address is no proof of a sender. */
    record Nodes(LabelSelector nodes) implements Peer {}

    /**
     * The addresses that domain names have, as destinations. Nothing enforces them yet.
     *
     * @param names as written; {@code *} stands for one or more whole labels
     */
    record DomainNames(List<String> names) implements Peer {
        public DomainNames {
            names = names.stream().distinct().sorted().toList();
        }
    }
}
