package dev.heddle.cli.whatif;

import dev.heddle.policy.oracle.Party;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Parties that no rule tells apart, before or after a change.
 *
 * @param name as people know it, such as {@code shop/deploy/web}
 * @param example one of them, to tell groups of one name apart; empty for what is no pod
 * @param size number of pods, or of nodes; 0 for addresses outside
 * @param nodes where its pods run; of nodes, which they are
 * @param parties one for each family that it has, IPv4 first; of nodes as others see them
 */
record Group(Kind kind, String name, String example, int size, Set<String> nodes, List<Party> parties) {

    /** What it is. */
    enum Kind {
        PODS,
        NODES,
        OUTSIDE
    }

    Optional<Party> party(boolean ipv4) {
        return parties.stream()
                .filter(party -> party.address().isIpv4() == ipv4)
                .findFirst();
    }
}
