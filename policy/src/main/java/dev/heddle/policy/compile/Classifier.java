package dev.heddle.policy.compile;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the class of one peer by asking it every matcher; what an image keeps to admit peers that come later. */
final class Classifier {

    /** The matchers that a class answers with YES, and those with DENIES. */
    record Answers(BitSet yes, BitSet denies) {}

    private final List<Matcher> matchers;
    private final NamedRanges ranges;
    private final Map<String, Map<String, String>> namespaces;
    private final Set<NamedPort> ports;
    private final Map<Answers, Integer> classes = new HashMap<>();

    /**
     * Keeps what is needed to ask again.
     *
     * @param ports all named ports there were: the tables know no other number of a port name
     * @param own the classes of this node, which no pod has
     */
    Classifier(
            List<Matcher> matchers,
            NamedRanges ranges,
            Map<String, Map<String, String>> namespaces,
            Set<NamedPort> ports,
            List<Answers> answers,
            BitSet own) {
        this.matchers = matchers;
        this.ranges = ranges;
        this.namespaces = namespaces;
        this.ports = ports;
        for (int peerClass = 0; peerClass < answers.size(); peerClass++) {
            if (!own.get(peerClass)) {
                classes.put(answers.get(peerClass), peerClass);
            }
        }
    }

    @Nullable
    Cidr namedRange(Cidr address) {
        return ranges.covering(address);
    }

    OptionalInt classOf(PeerKey peer, @Nullable Identity identity) {
        if (peer.who() instanceof Who.Known
                && (identity == null
                        || !namespaces.containsKey(identity.namespace())
                        || !ports.containsAll(identity.ports()))) {
            return OptionalInt.empty();
        }
        BitSet yes = new BitSet(matchers.size());
        BitSet denies = new BitSet(matchers.size());
        for (int i = 0; i < matchers.size(); i++) {
            switch (matchers.get(i).answer(peer, identity, namespaces)) {
                case YES -> yes.set(i);
                case DENIES -> denies.set(i);
                case NO -> {}
            }
        }
        Integer found = classes.get(new Answers(yes, denies));
        return found == null ? OptionalInt.empty() : OptionalInt.of(found);
    }
}
