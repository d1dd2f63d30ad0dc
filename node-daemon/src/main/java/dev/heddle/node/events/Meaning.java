package dev.heddle.node.events;

import dev.heddle.crds.live.Party;
import dev.heddle.node.kernel.PacketEvent;
import dev.heddle.policy.rule.Origin;
import java.util.List;
import java.util.Optional;

/**
 * What numbers of one revision mean.
 *
 * @param rules number n is the n-th of them, from 1
 * @param peers by number; {@link Party#UNKNOWN} for one that nobody has
 */
record Meaning(int revision, List<Origin> rules, List<Party> peers) {

    /** The numbers that every revision has, {@code enum peer_id} of the datapath. */
    private static final List<Party> FIXED = List.of(Party.WORLD, Party.HOST, Party.PENDING);

    /** Of a revision of which only the rules are kept. */
    static Meaning ofRules(int revision, List<Origin> rules) {
        return new Meaning(revision, rules, FIXED);
    }

    Optional<Origin> rule(int number) {
        return number > 0 && number <= rules.size() ? Optional.of(rules.get(number - 1)) : Optional.empty();
    }

    /** Empty for a number that means nothing here. */
    Optional<Party> peer(int number) {
        if (number == PacketEvent.NOT_ASKED) {
            return Optional.of(Party.UNKNOWN);
        }
        return number < peers.size() ? Optional.of(peers.get(number)).filter(Meaning::isSomebody) : Optional.empty();
    }

    private static boolean isSomebody(Party party) {
        return party.kind() != Party.Kind.UNKNOWN;
    }
}
