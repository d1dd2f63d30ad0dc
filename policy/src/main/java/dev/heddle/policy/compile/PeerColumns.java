package dev.heddle.policy.compile;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Peer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answers of all peers to matchers, a column of bits at a time; {@link Matcher#answer} is their definition. */
final class PeerColumns {

    /** The peers (indexes of {@link PeerSpace#keys}) that answer YES, and those that answer DENIES. */
    record Column(BitSet yes, BitSet denies) {}

    private final int peers;
    private final NamedRanges ranges;
    private final int[] firstOfRange;
    private final SelectorIndex selectors;
    private final List<List<Integer>> peersOfIdentity = new ArrayList<>();
    private final Map<NamedPort, BitSet> peersOfPort = new HashMap<>();
    private final Map<Map<String, String>, BitSet> peersOfNode = new HashMap<>();
    private final BitSet pending = new BitSet();
    private final BitSet host = new BitSet();
    private final Map<Peer, BitSet> answers = new HashMap<>();

    /** @param keys in the order of their ranges, see {@link PeerSpace#keys} */
    PeerColumns(List<PeerKey> keys, NodeView view, NamedRanges ranges) {
        this.peers = keys.size();
        this.ranges = ranges;
        this.firstOfRange = firstOfRange(keys, ranges);
        Map<String, List<Integer>> byHash = new HashMap<>();
        for (int i = 0; i < peers; i++) {
            switch (keys.get(i).who()) {
                case Who.Known(String hash) ->
                    byHash.computeIfAbsent(hash, h -> new ArrayList<>()).add(i);
                case Who.Pending waiting -> pending.set(i);
                case Who.World world -> {}
                case Who.Host self -> host.set(i);
                case Who.Node(var labels, var own) ->
                    peersOfNode.computeIfAbsent(labels, one -> new BitSet()).set(i);
            }
        }
        List<Identity> identities = new ArrayList<>();
        byHash.forEach((hash, of) -> {
            Identity identity = view.identities().get(hash);
            if (identity != null) {
                identities.add(identity);
                peersOfIdentity.add(of);
                identity.ports().forEach(port -> {
                    BitSet naming = peersOfPort.computeIfAbsent(port, one -> new BitSet());
                    of.forEach(naming::set);
                });
            }
        });
        this.selectors = new SelectorIndex(identities, view.namespaces());
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

    Column column(Matcher matcher) {
        BitSet yes = new BitSet(peers);
        matcher.peers().forEach(peer -> yes.or(answers.computeIfAbsent(peer, this::matching)));
        BitSet denies = new BitSet();
        if (matcher.port() != null) {
            yes.and(peersOfPort.getOrDefault(matcher.port(), new BitSet()));
        } else if (matcher.unresolved()) {
            denies.or(pending);
            if (!matcher.asksWho()) {
                denies.and(yes);
            }
            yes.clear();
        } else if (!matcher.accepts()) {
            if (matcher.asksWho()) {
                denies.or(pending);
            }
            if (matcher.asksWhere()) {
                denies.or(host);
            }
            denies.andNot(yes);
        }
        return new Column(yes, denies);
    }

    private BitSet matching(Peer peer) {
        BitSet matching = new BitSet(peers);
        switch (peer) {
            case Peer.Anyone anyone -> matching.set(0, peers);
            case Peer.Nobody nobody -> {}
            case Peer.Ranges named -> {
                named.in().stream().mapToInt(ranges::indexOf).forEach(range -> set(matching, range, true));
                named.except().stream().mapToInt(ranges::indexOf).forEach(range -> set(matching, range, false));
            }
            case Peer.Pods pods ->
                selectors.select(pods).stream()
                        .forEach(identity -> peersOfIdentity.get(identity).forEach(matching::set));
            case Peer.Nodes(var nodes) ->
                peersOfNode.forEach((labels, of) -> {
                    if (nodes.matches(labels)) {
                        matching.or(of);
                    }
                });
            case Peer.DomainNames names -> {}
        }
        return matching;
    }

    private void set(BitSet matching, int range, boolean value) {
        matching.set(firstOfRange[range], firstOfRange[ranges.end(range)], value);
    }
}
