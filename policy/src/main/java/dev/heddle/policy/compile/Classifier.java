package dev.heddle.policy.compile;

import dev.heddle.policy.compile.Matcher.Answer;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the class of one peer by asking it every matcher; what an image keeps to admit peers that come later.
 *
 * @param ports all named ports there were: the tables know no other number of a port name
 */
record Classifier(
        List<Matcher> matchers,
        PeerClasses classes,
        NamedRanges ranges,
        Map<String, Map<String, String>> namespaces,
        Set<NamedPort> ports) {

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
        Answer[] answers = new Answer[matchers.size()];
        Arrays.setAll(answers, i -> matchers.get(i).answer(peer, identity, namespaces));
        return classes.find(i -> answers[i]);
    }
}
