package dev.heddle.policy.compile;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Peer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The question that a rule asks about a peer. Rules that ask the same share one matcher, and peers that answer
 * all matchers alike are one class. It is looked up by what it asks, often, so its hash is kept.
 */
final class Matcher {

    private final List<Peer> peers;
    private final boolean accepts;
    private final @Nullable NamedPort port;
    private final boolean unresolved;
    private final int hash;

    /** How a peer answers. */
    enum Answer {
        NO,
        YES,
        /** Not known; a Deny or Pass denies. */
        DENIES
    }

    /**
     * Asks.
     *
     * @param peers the rule's peers
     * @param accepts whether the rule is an Accept: only others match peers that could match
     * @param port an egress rule's named port, resolved: only peers whose port of this name has this number match
     * @param unresolved the named port of a Deny's or Pass's pending peers: only they match
     */
    Matcher(List<Peer> peers, boolean accepts, @Nullable NamedPort port, boolean unresolved) {
        this.peers = peers;
        this.accepts = accepts;
        this.port = port;
        this.unresolved = unresolved;
        this.hash = 31 * peers.hashCode() + Objects.hashCode(port) + (accepts ? 1 : 0) + (unresolved ? 2 : 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Matcher that
                        && hash == that.hash
                        && accepts == that.accepts
                        && unresolved == that.unresolved
                        && peers.equals(that.peers)
                        && Objects.equals(port, that.port));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    List<Peer> peers() {
        return peers;
    }

    boolean accepts() {
        return accepts;
    }

    @Nullable
    NamedPort port() {
        return port;
    }

    boolean unresolved() {
        return unresolved;
    }

    /** Whether the answer depends on identity. */
    boolean asksWho() {
        return peers.stream().anyMatch(Peer.Pods.class::isInstance);
    }

    /** Whether the answer depends on the address. */
    boolean asksWhere() {
        return peers.stream().anyMatch(peer -> peer instanceof Peer.Ranges || peer instanceof Peer.Nodes);
    }

    /**
     * The answer of one peer, read from the definition. {@link PeerColumns} answers for all peers at once.
     *
     * @param identity of a known peer, otherwise null
     */
    Answer answer(PeerKey key, @Nullable Identity identity, Map<String, Map<String, String>> namespaces) {
        boolean matches = matches(key, identity, namespaces);
        if (port != null) {
            return matches && identity != null && identity.ports().contains(port) ? Answer.YES : Answer.NO;
        }
        if (unresolved) {
            return key.who() instanceof Who.Pending && (matches || asksWho()) ? Answer.DENIES : Answer.NO;
        }
        if (matches) {
            return Answer.YES;
        }
        boolean couldMatch = switch (key.who()) {
            case Who.Pending pending -> asksWho();
            case Who.Host host -> asksWhere();
            case Who.Known known -> false;
            case Who.World world -> false;
            case Who.Node node -> false;
        };
        return couldMatch && !accepts ? Answer.DENIES : Answer.NO;
    }

    private boolean matches(PeerKey key, @Nullable Identity identity, Map<String, Map<String, String>> namespaces) {
        for (int i = 0; i < peers.size(); i++) {
            boolean match = switch (peers.get(i)) {
                case Peer.Anyone anyone -> true;
                case Peer.Nobody nobody -> false;
                case Peer.Ranges ranges -> key.range() != null && covers(ranges, key.range());
                case Peer.Pods pods -> identity != null && selects(pods, identity, namespaces);
                case Peer.Nodes(var nodes) ->
                    key.who() instanceof Who.Node(var labels, var own) && nodes.matches(labels);
                case Peer.DomainNames names -> false;
            };
            if (match) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(Peer.Ranges ranges, Cidr range) {
        return ranges.in().stream().anyMatch(in -> in.contains(range))
                && ranges.except().stream().noneMatch(except -> except.contains(range));
    }

    private static boolean selects(Peer.Pods pods, Identity identity, Map<String, Map<String, String>> namespaces) {
        Map<String, String> labels = namespaces.get(identity.namespace());
        boolean namespace = pods.namespaces() == null
                ? pods.ownNamespace().equals(identity.namespace())
                : labels != null && pods.namespaces().matches(labels);
        return namespace && pods.pods().matches(identity.labels());
    }
}
