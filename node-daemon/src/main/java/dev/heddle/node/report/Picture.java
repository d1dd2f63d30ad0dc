package dev.heddle.node.report;

import dev.heddle.crds.EndpointClaim;
import dev.heddle.crds.Failure;
import dev.heddle.node.apply.Applied;
import dev.heddle.node.desired.OwnPod;
import dev.heddle.node.desired.PodInterface;
import dev.heddle.node.desired.World;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.kernel.Slot;
import dev.heddle.node.loop.Round;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What there is to report after a round. Pure, immutable.
 *
 * @param generation of the NodeState that was seen last
 * @param told the highest sequence of a PolicyHead that was seen
 * @param inForce all that was told up to this sequence is in the live image
 * @param live namespace to the sequence of the head that the live image was made from
 * @param endpoints pods under policy
 * @param addresses pod addresses that this node knows of, in the whole cluster
 * @param unprotected {@code namespace/name} to what is missing
 * @param claims what this node claims
 * @param claimsPublished whether the API server has exactly these
 * @param identities of this node's pods that are not at the API server yet
 * @param nodeState uid of the NodeState that all this is about; empty while there is none
 * @param refused why the newest revision is not live, so that the whole one before it stays; empty when it is
 * @param trouble what else keeps this node from what it should enforce, for people; empty when all is well
 */
public record Picture(
        boolean ready,
        long generation,
        long told,
        long inForce,
        int revision,
        SortedMap<String, Long> live,
        int endpoints,
        int addresses,
        Map<String, String> unprotected,
        List<Failure> failures,
        List<EndpointClaim> claims,
        boolean claimsPublished,
        List<Identity> identities,
        String nodeState,
        String refused,
        List<String> trouble,
        ServiceReport services) {

    static Picture of(Round round) {
        World world = round.world();
        Observed observed = round.observed();
        Image image = observed.image();
        List<EndpointClaim> claims = new ArrayList<>();
        Set<Identity> unpublished = new HashSet<>();
        Map<Address, String> hashes = new HashMap<>();
        world.pods().claims().forEach((address, pod) -> {
            if (!world.peers().mayClaim(world.node(), address)) {
                return; // The API server would refuse the whole list; the pod's ADD says what is wrong.
            }
            Identity identity = pod.identity();
            String hash = identity.hash();
            hashes.put(address, hash);
            claims.add(new EndpointClaim(address.toString(), hash, pod.uid()));
            if (!world.isPublished(hash)) {
                unpublished.add(identity);
            }
        });
        return new Picture(
                image != null,
                world.nodeStateGeneration(),
                world.sets().told(),
                round.live().sequence(),
                observed.revision(),
                new TreeMap<>(round.live().heads()),
                (int) world.pods().interfaces().stream()
                        .filter(attached -> observed.covers(attached.ifindex()))
                        .count(),
                world.peers().size(),
                world.isSynced() ? unprotected(world, observed) : Map.of(),
                failures(world, image),
                List.copyOf(claims),
                world.arePublished(hashes),
                List.copyOf(unpublished),
                world.nodeState(),
                refused(round),
                trouble(round),
                ServiceReport.of(round));
    }

    private static Map<String, String> unprotected(World world, Observed observed) {
        Map<String, String> found = new TreeMap<>();
        for (OwnPod pod : world.pods().pods()) {
            if (pod.hostNetwork() || pod.finished() || pod.address().isEmpty()) {
                continue;
            }
            Optional<PodInterface> attached = world.pods().interfaces().stream()
                    .filter(each -> each.namespace().equals(pod.namespace())
                            && each.pod().equals(pod.name())
                            && pod.isAt(each.addresses()))
                    .findFirst();
            why(attached, observed).ifPresent(why -> found.put(pod.namespace() + "/" + pod.name(), why));
        }
        return found;
    }

    private static Optional<String> why(Optional<PodInterface> attached, Observed observed) {
        if (attached.isEmpty()) {
            return Optional.of("its device on this node is not known");
        }
        Slot slot = observed.slots().get(attached.get().ifindex());
        return slot != null && observed.covers(attached.get().ifindex())
                ? Optional.empty()
                : Optional.of("programs are missing on device " + attached.get().device());
    }

    private static List<Failure> failures(World world, @org.jspecify.annotations.Nullable Image image) {
        Stream<Problem> problems = world.sets().problems().stream();
        return (image == null ? problems : Stream.concat(problems, image.problems().stream()))
                .distinct()
                .map(Failure::of)
                .toList();
    }

    private static List<String> trouble(Round round) {
        List<String> trouble = new ArrayList<>();
        round.world()
                .sets()
                .broken()
                .forEach((set, why) -> trouble.add("policy set " + set + " cannot be read: " + why));
        // Those between other nodes are theirs to report.
        round.world().peers().conflicts().forEach((address, nodes) -> {
            if (nodes.contains(round.world().node())) {
                trouble.add("address " + address + " is claimed for different pods by nodes "
                        + String.join(" and ", nodes) + "; nobody accepts it by labels until one of them lets go");
            }
        });
        round.world()
                .pods()
                .conflicts()
                .forEach((address, pods) ->
                        trouble.add("address " + address + " is that of pods " + String.join(" and ", pods)
                                + " of this node; nobody accepts it by labels until one of them is gone"));
        round.failures().stream()
                .filter(failed -> !failed.keepsRevision() && !ServiceReport.concerns(failed))
                .forEach(failed -> trouble.add(String.valueOf(failed.why().getMessage())));
        return List.copyOf(trouble);
    }

    private static String refused(Round round) {
        return round.failures().stream()
                .filter(Applied.Failed::keepsRevision)
                .map(failed -> String.valueOf(failed.why().getMessage()))
                .findFirst()
                .orElse(round.refused());
    }
}
