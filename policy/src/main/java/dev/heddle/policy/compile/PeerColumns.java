package dev.heddle.policy.compile;

import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Peer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answers of all peers to matchers, a column of bits at a time; {@link Matcher#answer} is their definition. */
final class PeerColumns {

    /** The peers (indexes of {@link PeerIndex#keys}) that answer YES, and those that answer DENIES. Shared: not to be changed. */
    record Column(Members yes, Members denies) {}

    private final PeerIndex peers;
    private final Map<Peer, BitSet> answers = new HashMap<>();
    private final Map<LabelSelector, BitSet> podSelections = new HashMap<>();
    private final Map<LabelSelector, BitSet> namespaceSelections = new HashMap<>();
    private final Map<String, BitSet> namespacesByName = new HashMap<>();

    PeerColumns(PeerIndex peers) {
        this.peers = peers;
    }

    Column column(Matcher matcher) {
        BitSet matching = matching(matcher.peers());
        if (matcher.port() != null) {
            BitSet yes = (BitSet) matching.clone();
            yes.and(peers.naming(matcher.port()));
            return new Column(Members.of(yes), Members.NONE);
        }
        if (matcher.unresolved()) {
            BitSet denies = (BitSet) peers.pending().clone();
            if (!matcher.asksWho()) {
                denies.and(matching);
            }
            return new Column(Members.NONE, Members.of(denies));
        }
        return new Column(
                Members.of(matching), matcher.accepts() ? Members.NONE : Members.of(couldMatch(matcher, matching)));
    }

    private BitSet couldMatch(Matcher matcher, BitSet matching) {
        BitSet could = new BitSet();
        if (matcher.asksWho()) {
            could.or(peers.pending());
        }
        if (matcher.asksWhere()) {
            could.or(peers.host());
        }
        could.andNot(matching);
        return could;
    }

    private BitSet matching(List<Peer> any) {
        if (any.size() == 1) {
            return answers.computeIfAbsent(any.getFirst(), this::matching);
        }
        BitSet matching = new BitSet();
        any.forEach(peer -> matching.or(answers.computeIfAbsent(peer, this::matching)));
        return matching;
    }

    private BitSet matching(Peer peer) {
        BitSet matching = new BitSet();
        switch (peer) {
            case Peer.Anyone anyone -> matching.set(0, peers.size());
            case Peer.Nobody nobody -> {}
            case Peer.Ranges named -> {
                named.in().forEach(range -> peers.set(matching, range, true));
                named.except().forEach(range -> peers.set(matching, range, false));
            }
            case Peer.Pods pods -> {
                matching.or(podSelections.computeIfAbsent(
                        pods.pods(), selector -> peers.selectors().podsMatching(selector)));
                matching.and(namespaces(pods));
            }
            case Peer.Nodes(var nodes) ->
                peers.byNode().forEach((labels, of) -> {
                    if (nodes.matches(labels)) {
                        matching.or(of);
                    }
                });
            case Peer.DomainNames names -> {}
        }
        return matching;
    }

    private BitSet namespaces(Peer.Pods pods) {
        return pods.namespaces() == null
                ? namespacesByName.computeIfAbsent(
                        pods.ownNamespace(), name -> peers.selectors().inNamespace(name))
                : namespaceSelections.computeIfAbsent(
                        pods.namespaces(), selector -> peers.selectors().inNamespacesMatching(selector));
    }
}
