package dev.heddle.policy.compile;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Peer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The question that a rule asks about a peer. Rules that ask the same share one matcher, and peers that answer
 * all matchers alike are one class.
 *
 * @param peers the rule's peers
 * @param accepts whether the rule is an Accept: only others match pending peers
 * @param port an egress rule's named port, resolved: only peers whose port of this name has this number match
 * @param unresolved the named port of a Deny's or Pass's pending peers: only they match
 */
record Matcher(List<Peer> peers, boolean accepts, @Nullable NamedPort port, boolean unresolved) {

    /** How a peer answers. */
    enum Answer {
        NO,
        YES,
        /** Not known; a Deny or Pass denies. */
        DENIES
    }

    /** Whether the answer depends on identity. */
    boolean asksWho() {
        return peers.stream().anyMatch(Peer.Pods.class::isInstance);
    }

    /**
     * The answer of one peer, read from the definition. {@link PeerColumns} answers for all peers at once.
     *
     * @param identity of a known peer, otherwise null
     */
    Answer answer(PeerKey key, @Nullable Identity identity, Map<String, Map<String, String>> namespaces) {
        boolean matches = matches(key, identity, namespaces);
        boolean pending = key.who() instanceof Who.Pending;
        if (port != null) {
            return matches && identity != null && identity.ports().contains(port) ? Answer.YES : Answer.NO;
        }
        if (unresolved) {
            return pending && (matches || asksWho()) ? Answer.DENIES : Answer.NO;
        }
        if (matches) {
            return Answer.YES;
        }
        return pending && !accepts && asksWho() ? Answer.DENIES : Answer.NO;
    }

    private boolean matches(PeerKey key, @Nullable Identity identity, Map<String, Map<String, String>> namespaces) {
        for (Peer peer : peers) {
            boolean match = switch (peer) {
                case Peer.Anyone anyone -> true;
                case Peer.Nobody nobody -> false;
                case Peer.IpBlock block -> key.range() != null && covers(block, key.range());
                case Peer.Pods pods -> identity != null && selects(pods, identity, namespaces);
            };
            if (match) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(Peer.IpBlock block, Cidr range) {
        return block.cidr().contains(range) && block.except().stream().noneMatch(except -> except.contains(range));
    }

    private static boolean selects(Peer.Pods pods, Identity identity, Map<String, Map<String, String>> namespaces) {
        Map<String, String> labels = namespaces.get(identity.namespace());
        boolean namespace = pods.namespaces() == null
                ? pods.ownNamespace().equals(identity.namespace())
                : labels != null && pods.namespaces().matches(labels);
        return namespace && pods.pods().matches(identity.labels());
    }
}
