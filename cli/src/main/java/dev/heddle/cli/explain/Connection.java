package dev.heddle.cli.explain;

import dev.heddle.cli.explain.End.OfAddress;
import dev.heddle.cli.explain.End.OfNode;
import dev.heddle.cli.explain.End.OfPod;
import dev.heddle.cli.facts.AddressText;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.crds.live.LiveQuestion;
import dev.heddle.policy.oracle.Flow;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import java.util.ArrayList;
import java.util.List;

/**
 * The first packet of a flow, from one end to the other.
 *
 * @param source address that it comes from
 * @param destination address of the same family
 * @param protocol IANA number
 * @param port destination port; 0 for protocols without ports
 */
public record Connection(End from, End to, Cidr source, Cidr destination, int protocol, int port) {

    /** The flow as one of its ends meets it. */
    public record Half(OfPod subject, Flow flow) {

        public Direction direction() {
            return flow.direction();
        }

        public String node() {
            return subject.pod().node();
        }

        /** The same question for the daemon of the pod's node. */
        public LiveQuestion question() {
            String address = AddressText.of(flow.other().address());
            return new LiveQuestion(
                    subject.pod().namespace(),
                    subject.pod().name(),
                    flow.direction(),
                    address,
                    flow.protocol(),
                    flow.port());
        }
    }

    /** Whether it goes from a pod to itself: nothing judges that. */
    public boolean isWithItself() {
        return from instanceof OfPod one
                && to instanceof OfPod other
                && one.pod().equals(other.pod());
    }

    /** The ends that have a say: the sender's egress, then the receiver's ingress. */
    public List<Half> halves() {
        List<Half> halves = new ArrayList<>();
        if (isWithItself()) {
            return halves;
        }
        if (from instanceof OfPod sender) {
            halves.add(half(sender, source, Direction.EGRESS, to, destination));
        }
        if (to instanceof OfPod receiver) {
            halves.add(half(receiver, destination, Direction.INGRESS, from, source));
        }
        return halves;
    }

    private Half half(OfPod subject, Cidr own, Direction direction, End other, Cidr address) {
        Party party = party(other, address, direction, subject.pod().node());
        return new Half(subject, new Flow(pod(subject, own), direction, party, protocol, port));
    }

    private static Party.Pod pod(OfPod end, Cidr address) {
        return new Party.Pod(
                end.pod().namespace(),
                end.namespaceLabels(),
                end.pod().labels(),
                end.pod().ports(),
                address);
    }

    private static Party party(End end, Cidr address, Direction direction, String subjectNode) {
        return switch (end) {
            case OfPod other -> pod(other, address);
            case OfNode(var node) -> {
                boolean own = node.name().equals(subjectNode);
                // A node's address is no proof of a sender: another node is whoever has its address.
                yield own || direction == Direction.EGRESS
                        ? new Party.Node(node.labels(), address, own)
                        : new Party.Outside(address);
            }
            case OfAddress nobody -> nobody.inPodRange() ? new Party.Unidentified(address) : new Party.Outside(address);
            case End.World world -> new Party.Outside(address);
        };
    }

    /**
     * Between two ends, by the addresses of one family.
     *
     * @param ipv4 the family
     * @param world an address for an end that has none in particular
     * @throws NoAnswerException if an end has no address of this family
     */
    public static Connection between(End from, End to, boolean ipv4, Cidr world, int protocol, int port) {
        return new Connection(from, to, address(from, ipv4, world), address(to, ipv4, world), protocol, port);
    }

    private static Cidr address(End end, boolean ipv4, Cidr world) {
        if (end instanceof End.World) {
            return world;
        }
        return end.addresses().stream()
                .filter(address -> address.isIpv4() == ipv4)
                .findFirst()
                .orElseThrow(() -> new NoAnswerException(end.text() + " has no " + (ipv4 ? "IPv4" : "IPv6")
                        + " address, and the other end has no other"));
    }
}
