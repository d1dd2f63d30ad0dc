package dev.heddle.policy.compile;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** All peers by what rules may ask about them. Never changed after it is built; serves every compile for the same peers. */
final class PeerIndex {

    private static final int NO_NUMBER = -1;

    private final List<PeerKey> keys;
    private final NamedRanges ranges;
    private final int[] numbers;
    private final int[] firstOfRange;
    private final SelectorIndex selectors;
    private final Map<NamedPort, BitSet> byPort = new HashMap<>();
    private final Map<Map<String, String>, BitSet> byNode = new HashMap<>();
    private final BitSet pending = new BitSet();
    private final BitSet host = new BitSet();
    private final BitSet own = new BitSet();

    /**
     * Builds the index.
     *
     * @param keys in the order of their ranges, see {@link PeerSpace#keys}
     * @param numbering has the number of each, if there was one left
     */
    PeerIndex(List<PeerKey> keys, NodeView view, NamedRanges ranges, PeerNumbering numbering) {
        this.keys = keys;
        this.ranges = ranges;
        this.numbers = keys.stream()
                .mapToInt(key -> numbering.number(key).orElse(NO_NUMBER))
                .toArray();
        this.firstOfRange = firstOfRange(keys, ranges);
        this.selectors = new SelectorIndex(view.namespaces());
        own.set(PeerSpace.HOST);
        for (int i = 0; i < keys.size(); i++) {
            switch (keys.get(i).who()) {
                case Who.Known(String hash) -> {
                    Identity identity = view.identities().get(hash);
                    if (identity != null) {
                        add(i, identity);
                    }
                }
                case Who.Pending waiting -> pending.set(i);
                case Who.World world -> {}
                case Who.Host self -> host.set(i);
                case Who.Node(var labels, var isOwn) -> {
                    byNode.computeIfAbsent(labels, one -> new BitSet()).set(i);
                    own.set(i, isOwn);
                }
            }
        }
    }

    private void add(int peer, Identity identity) {
        selectors.add(peer, identity);
        for (NamedPort port : identity.ports()) {
            byPort.computeIfAbsent(port, one -> new BitSet()).set(peer);
        }
    }

    /** The first peer of each range and of those behind it; at the end the number of peers. */
    private static int[] firstOfRange(List<PeerKey> keys, NamedRanges ranges) {
        int[] first = new int[ranges.all().size() + 1];
        int range = 0;
        for (int i = 0; i < keys.size(); i++) {
            Cidr of = keys.get(i).range();
            while (of != null && range <= ranges.indexOf(of)) {
                first[range++] = i;
            }
        }
        while (range < first.length) {
            first[range++] = keys.size();
        }
        return first;
    }

    /** The same with more peers. Identities never change: their names are hashes of what they are. */
    PeerIndex with(List<PeerKey> more, NodeView view, PeerNumbering numbering) {
        if (more.isEmpty() && selectors.serves(view.namespaces())) {
            return this;
        }
        List<PeerKey> all = new ArrayList<>(keys);
        all.addAll(more);
        List<PeerKey> ordered = PeerSpace.inOrder(all.stream().distinct().toList(), ranges);
        return new PeerIndex(ordered, view, ranges, numbering);
    }

    List<PeerKey> keys() {
        return keys;
    }

    int size() {
        return keys.size();
    }

    /** The node's number of a peer. */
    OptionalInt number(int peer) {
        return numbers[peer] == NO_NUMBER ? OptionalInt.empty() : OptionalInt.of(numbers[peer]);
    }

    SelectorIndex selectors() {
        return selectors;
    }

    /** Sets or clears the peers in a named range and in those inside it. */
    void set(BitSet peers, Cidr range, boolean value) {
        int at = ranges.indexOf(range);
        peers.set(firstOfRange[at], firstOfRange[ranges.end(at)], value);
    }

    BitSet pending() {
        return pending;
    }

    /** This node as a sender. */
    BitSet host() {
        return host;
    }

    /** This node, whether as a sender or by one of its addresses: its packets meet other rules of precedence. */
    BitSet own() {
        return own;
    }

    /** All named ports of peers. */
    Set<NamedPort> ports() {
        return byPort.keySet();
    }

    /** Peers that give a port this name and number. */
    BitSet naming(NamedPort port) {
        return byPort.getOrDefault(port, new BitSet());
    }

    /** Nodes, by those of their labels that rules ask for. */
    Map<Map<String, String>, BitSet> byNode() {
        return byNode;
    }
}
