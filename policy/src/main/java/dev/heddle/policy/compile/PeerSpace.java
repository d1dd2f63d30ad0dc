package dev.heddle.policy.compile;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every peer that some address of this node's world is now, and which prefix is which. */
final class PeerSpace {

    private final NodeView view;
    private final NamedRanges ranges;
    private final Interned<PeerKey> keys = new Interned<>();
    private final Map<Cidr, Integer> prefixes = new LinkedHashMap<>();
    private final SortedSet<Cidr> claimed = new TreeSet<>();
    private final Set<Cidr> nodeAddresses = new HashSet<>();

    PeerSpace(NodeView view, List<Rule> rules, NamedRanges ranges) {
        this.view = view;
        this.ranges = ranges;
        keys.index(new PeerKey(Who.WORLD, null));
        keys.index(new PeerKey(Who.HOST, null));
        keys.index(new PeerKey(Who.PENDING, null));
        addRanges();
        addClaims();
        addNodes(rules);
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

    /** The prefixes that are addresses of nodes. */
    Set<Cidr> nodeAddresses() {
        return nodeAddresses;
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

    /** Other nodes are the world, unless some rule asks for nodes. */
    private void addNodes(List<Rule> rules) {
        List<LabelSelector> asked = rules.stream()
                .flatMap(rule -> rule.peers().stream())
                .flatMap(peer -> peer instanceof Peer.Nodes(var nodes) ? Stream.of(nodes) : Stream.empty())
                .toList();
        Set<String> keys = asked.stream()
                .flatMap(selector -> selector.requirements().stream())
                .map(Requirement::key)
                .collect(Collectors.toSet());
        List<NodeView.ClusterNode> ownLast = view.nodes().stream()
                .sorted(Comparator.comparing(NodeView.ClusterNode::own))
                .toList();
        for (NodeView.ClusterNode node : ownLast) {
            Map<String, String> labels = new TreeMap<>(node.labels());
            labels.keySet().retainAll(keys);
            for (Cidr address : node.addresses()) {
                if (node.own() || (!asked.isEmpty() && !claimed.contains(address))) {
                    claimed.remove(address);
                    nodeAddresses.add(address);
                    put(address, new Who.Node(Map.copyOf(labels), node.own()));
                }
            }
        }
    }

    private void put(Cidr prefix, Who who) {
        prefixes.put(prefix, keys.index(new PeerKey(who, ranges.covering(prefix))));
    }
}
