package dev.heddle.policy.compile;

import dev.heddle.policy.compile.NodeView.Claim;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Cidr;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every peer that some address of this node's world is now, and which prefix is which. */
final class PeerSpace {

    /** Peers without an address come first. */
    static final int HOST = 1;

    static final int PENDING = 2;

    private final NodeView view;
    private final NamedRanges named;
    private final Interned<PeerKey> interned = new Interned<>();
    private final List<PeerKey> keys;
    private final List<Prefix> nodes;
    private final List<Prefix> pods;
    private final List<Prefix> ranges;

    /** A range of addresses, but for those of more specific prefixes, and the peer that they are. */
    record Prefix(Cidr range, PeerKey peer) {}

    PeerSpace(NodeView view, Map<Cidr, Who> nodesAskedFor, NamedRanges named) {
        this.view = view;
        this.named = named;
        interned.index(new PeerKey(Who.WORLD, null));
        interned.index(new PeerKey(Who.HOST, null));
        interned.index(new PeerKey(Who.PENDING, null));
        Map<Cidr, Who> claimed = claims();
        Map<Cidr, Who> ofNodes = new HashMap<>(nodesAskedFor);
        ofNodes.keySet()
                .removeIf(address -> claimed.containsKey(address) && !NodesAskedFor.isOwn(ofNodes.get(address)));
        claimed.keySet().removeAll(ofNodes.keySet());
        Map<Cidr, Who> others = otherRanges();
        others.keySet().removeIf(range -> claimed.containsKey(range) || ofNodes.containsKey(range));
        nodes = prefixes(ofNodes);
        pods = prefixes(claimed);
        ranges = prefixes(others);
        keys = inOrder(interned.values(), named);
    }

    /** In the order of their ranges, those of none first; those of one range stay in the order in which they came. */
    static List<PeerKey> inOrder(Collection<PeerKey> keys, NamedRanges named) {
        return keys.stream()
                .sorted(Comparator.comparingInt(key -> named.indexOf(key.range())))
                .toList();
    }

    /** The peers, those without a range first, then in the order of their ranges. */
    List<PeerKey> keys() {
        return keys;
    }

    /** The addresses of nodes, this one included. */
    List<Prefix> nodes() {
        return nodes;
    }

    /** The addresses of pods. */
    List<Prefix> pods() {
        return pods;
    }

    /** Everything else that is told apart. */
    List<Prefix> ranges() {
        return ranges;
    }

    /** Claims of one address for different identities make it pending. */
    private Map<Cidr, Who> claims() {
        Map<String, Who> known = new HashMap<>();
        Map<Cidr, Who> claimed = HashMap.newHashMap(view.claims().size());
        for (Claim claim : view.claims()) {
            Who who = known.computeIfAbsent(claim.identity(), this::who);
            Who other = claimed.putIfAbsent(claim.address(), who);
            if (other != null && !other.equals(who)) {
                claimed.put(claim.address(), Who.PENDING);
            }
        }
        return claimed;
    }

    /** Without the labels of its namespace an identity cannot be matched rightly. */
    private Who who(String hash) {
        Identity identity = view.identities().get(hash);
        return identity != null && view.namespaces().containsKey(identity.namespace())
                ? new Who.Known(hash)
                : Who.PENDING;
    }

    private Map<Cidr, Who> otherRanges() {
        Map<Cidr, Who> who = new HashMap<>();
        for (Cidr range : named.all()) {
            boolean ofPods = view.podRanges().stream().anyMatch(podRange -> podRange.contains(range));
            who.put(range, ofPods ? Who.PENDING : Who.WORLD);
        }
        view.podRanges().forEach(podRange -> who.put(podRange, Who.PENDING));
        return who;
    }

    private List<Prefix> prefixes(Map<Cidr, Who> who) {
        return who.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> prefix(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Prefix prefix(Cidr range, Who who) {
        PeerKey key = new PeerKey(who, named.covering(range));
        return new Prefix(range, interned.values().get(interned.index(key)));
    }
}
