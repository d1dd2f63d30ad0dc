package dev.heddle.cli.explain;

import dev.heddle.cli.facts.AddressText;
import dev.heddle.cli.facts.NodeFacts;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.policy.rule.Cidr;
import java.util.List;
import java.util.Map;

/** One end of a connection, as the cluster knows it. */
public sealed interface End {

    /** What people call it. */
    String text();

    /** Its addresses, the primary one first. */
    List<Cidr> addresses();

    /** A pod with a network of its own. */
    record OfPod(PodFacts pod, Map<String, String> namespaceLabels) implements End {
        @Override
        public String text() {
            return pod.key();
        }

        @Override
        public List<Cidr> addresses() {
            return pod.addresses();
        }
    }

    /** A node, or a pod on its network. */
    record OfNode(NodeFacts node) implements End {
        @Override
        public String text() {
            return "node/" + node.name();
        }

        @Override
        public List<Cidr> addresses() {
            return node.addresses();
        }
    }

    /** An address that nobody in the cluster has; {@code inPodRange} if a pod could have it. */
    record OfAddress(Cidr address, boolean inPodRange) implements End {
        @Override
        public String text() {
            return AddressText.of(address);
        }

        @Override
        public List<Cidr> addresses() {
            return List.of(address);
        }
    }

    /** Some address outside of the cluster. */
    record World() implements End {
        @Override
        public String text() {
            return "world";
        }

        @Override
        public List<Cidr> addresses() {
            return List.of();
        }
    }
}
