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
    private final SelectorIndex selectors;
    private final List<Identity> identities = new ArrayList<>();
    private final List<BitSet> peersOfIdentity = new ArrayList<>();
    private final Map<Cidr, BitSet> peersOfRange = new HashMap<>();
    private final Map<Map<String, String>, BitSet> peersOfNode = new HashMap<>();
    private final BitSet pending = new BitSet();
    private final BitSet host = new BitSet();
    private final Map<Peer, BitSet> answers = new HashMap<>();

    PeerColumns(List<PeerKey> keys, NodeView view, NamedRanges ranges) {
        this.peers = keys.size();
        this.ranges = ranges;
        Map<String, BitSet> byHash = new HashMap<>();
        for (int i = 0; i < peers; i++) {
            PeerKey key = keys.get(i);
            if (key.range() != null) {
                peersOfRange.computeIfAbsent(key.range(), range -> new BitSet()).set(i);
            }
            switch (key.who()) {
                case Who.Known(String hash) ->
                    byHash.computeIfAbsent(hash, h -> new BitSet()).set(i);
                case Who.Pending waiting -> pending.set(i);
                case Who.World world -> {}
                case Who.Host self -> host.set(i);
                case Who.Node(var labels, var own) ->
                    peersOfNode.computeIfAbsent(labels, one -> new BitSet()).set(i);
            }
        }
        byHash.forEach((hash, set) -> {
            Identity identity = view.identities().get(hash);
            if (identity != null) {
                identities.add(identity);
                peersOfIdentity.add(set);
            }
        });
        this.selectors = new SelectorIndex(identities, view.namespaces());
    }

    Column column(Matcher matcher) {
        BitSet yes = new BitSet(peers);
        matcher.peers().forEach(peer -> yes.or(answers.computeIfAbsent(peer, this::matching)));
        BitSet denies = new BitSet(peers);
        if (matcher.port() != null) {
            yes.and(naming(matcher.port()));
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

    private BitSet naming(NamedPort port) {
        BitSet naming = new BitSet(peers);
        for (int i = 0; i < identities.size(); i++) {
            if (identities.get(i).ports().contains(port)) {
                naming.or(peersOfIdentity.get(i));
            }
        }
        return naming;
    }

    private BitSet matching(Peer peer) {
        BitSet matching = new BitSet(peers);
        switch (peer) {
            case Peer.Anyone anyone -> matching.set(0, peers);
            case Peer.Nobody nobody -> {}
            case Peer.Ranges named ->
                ranges.matchedBy(named).stream()
                        .mapToObj(ranges.all()::get)
                        .forEach(range -> matching.or(peersOfRange.getOrDefault(range, new BitSet())));
            case Peer.Pods pods ->
                selectors.select(pods).stream().mapToObj(peersOfIdentity::get).forEach(matching::or);
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
}
