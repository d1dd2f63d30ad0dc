package dev.heddle.node.loop;

import dev.heddle.node.desired.OwnPod;
import dev.heddle.node.desired.PodInterface;
import dev.heddle.node.desired.Sets;
import dev.heddle.node.desired.World;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.kernel.Slot;
import java.util.Optional;

/** What a new pod's interface still waits for. Pure. */
public final class Admission {

    private Admission() {}

    /**
     * The first thing that is missing, as words that end "timed out waiting for"; empty when the pod's first packet
     * would be judged, and every other node can know who it is.
     */
    public static Optional<String> awaits(PodInterface attached, Round round) {
        return awaitsPolicy(attached, round).or(() -> published(attached, round.world()));
    }

    /** The same without what other nodes know: to them the pod is pending, whom no rule accepts by its labels. */
    static Optional<String> awaitsPolicy(PodInterface attached, Round round) {
        World world = round.world();
        String namespace = attached.namespace();
        Optional<OwnPod> known = world.pods().pod(namespace, attached.pod(), attached.uid());
        if (!world.isKnown()) {
            return Optional.of("the API server's lists");
        }
        if (known.isEmpty()) {
            return Optional.of("pod " + namespace + "/" + attached.pod() + " to appear");
        }
        if (!world.peers().hasNamespace(namespace)) {
            return Optional.of("the labels of namespace " + namespace);
        }
        if (!world.sets().knows(namespace) || round.live().sets().get(namespace) == null) {
            return Optional.of(
                    world.sets().isBroken(namespace)
                            ? "a policy set of namespace " + namespace + " that can be read: "
                                    + String.join(", ", world.sets().broken().values())
                            : "the policy set of namespace " + namespace);
        }
        if (!world.sets().knows(Sets.CLUSTER_WIDE) || round.live().sets().get(Sets.CLUSTER_WIDE) == null) {
            return Optional.of("the cluster-wide policy set"
                    + (world.sets().isBroken(Sets.CLUSTER_WIDE)
                            ? " that can be read: "
                                    + String.join(", ", world.sets().broken().values())
                            : ""));
        }
        return kernel(attached, round.observed()).or(() -> claimable(attached, world));
    }

    private static Optional<String> kernel(PodInterface attached, Observed observed) {
        Slot slot = observed.slots().get(attached.ifindex());
        if (slot == null || slot.closed() || !slot.addresses().equals(attached.addresses())) {
            return Optional.of("the tables of device " + attached.device());
        }
        return observed.covers(attached.ifindex())
                ? Optional.empty()
                : Optional.of("the programs on device " + attached.device());
    }

    private static Optional<String> claimable(PodInterface attached, World world) {
        return attached.addresses().all().stream()
                .filter(address -> !world.peers().mayClaim(world.node(), address))
                .findFirst()
                .map(address -> "address " + address + " to be inside the ranges of NodeEndpoints " + world.node()
                        + ", its spec.allowedCIDRs");
    }

    private static Optional<String> published(PodInterface attached, World world) {
        Optional<OwnPod> pod = world.pods().podOf(attached);
        return attached.addresses().all().stream()
                .filter(address -> pod.isEmpty()
                        || !world.isPublished(address, pod.get().identity().hash()))
                .findFirst()
                .map(address -> "address " + address + " to be published in NodeEndpoints " + world.node());
    }
}
