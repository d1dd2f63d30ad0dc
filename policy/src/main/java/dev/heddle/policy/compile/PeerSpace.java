package dev.heddle.policy.compile;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Cidr;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Every peer that some address of this node's world is now, and which prefix is which. */
final class PeerSpace {

    private final NodeView view;
    private final NamedRanges ranges;
    private final Interned<PeerKey> keys = new Interned<>();
    private final Map<Cidr, Integer> prefixes = new LinkedHashMap<>();
    private final SortedSet<Cidr> claimed = new TreeSet<>();

    PeerSpace(NodeView view, NamedRanges ranges) {
        this.view = view;
        this.ranges = ranges;
        keys.index(new PeerKey(Who.WORLD, null));
        keys.index(new PeerKey(Who.HOST, null));
        keys.index(new PeerKey(Who.PENDING, null));
        addRanges();
        addClaims();
    }

    List<PeerKey> keys() {
        return keys.values();
    }

    /** The index of its key for each prefix of the address tree. */
    Map<Cidr, Integer> prefixes() {
        return prefixes;
    }

    /** The prefixes that are addresses of pods, in order. */
    SortedSet<Cidr> claimed() {
        return claimed;
    }

    private void addRanges() {
        for (Cidr range : ranges.all()) {
            boolean pods = view.podRanges().stream().anyMatch(podRange -> podRange.contains(range));
            put(range, pods ? Who.PENDING : Who.WORLD);
        }
        for (Cidr podRange : view.podRanges()) {
            put(podRange, Who.PENDING);
        }
    }

    private void addClaims() {
        Map<Cidr, String> identities = new HashMap<>();
        Set<Cidr> disputed = new HashSet<>();
        for (NodeView.Claim claim : view.claims()) {
            String other = identities.putIfAbsent(claim.address(), claim.identity());
            if (other != null && !other.equals(claim.identity())) {
                disputed.add(claim.address());
            }
        }
        identities.forEach((address, hash) -> put(address, disputed.contains(address) ? Who.PENDING : who(hash)));
        claimed.addAll(identities.keySet());
    }

    /** Without the labels of its namespace an identity cannot be matched rightly. */
    private Who who(String hash) {
        Identity identity = view.identities().get(hash);
        return identity != null && view.namespaces().containsKey(identity.namespace())
                ? new Who.Known(hash)
                : Who.PENDING;
    }

    private void put(Cidr prefix, Who who) {
        prefixes.put(prefix, keys.index(new PeerKey(who, ranges.covering(prefix))));
    }
}
