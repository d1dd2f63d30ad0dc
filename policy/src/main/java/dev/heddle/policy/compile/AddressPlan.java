package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Rule;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which peers there are, and which addresses are which: the part of an image that rules hardly change. Other rules are
 * served by it too as long as they name the same ranges and tell the same nodes apart.
 *
 * @param ranges that rules name
 * @param nodes that rules ask for, by address
 * @param keys of {@link PeerSpace#keys}
 * @param unplaced how many pod addresses found no room
 */
record AddressPlan(NamedRanges ranges, Map<Cidr, Who> nodes, List<PeerKey> keys, PrefixTable prefixes, int unplaced) {

    static AddressPlan of(NodeView view, List<Rule> rules, PeerNumbering numbering, Capacity capacity) {
        NamedRanges ranges = NamedRanges.of(rules);
        Map<Cidr, Who> nodes = NodesAskedFor.of(view.nodes(), rules);
        PeerSpace space = new PeerSpace(view, nodes, ranges);
        Placement placement = new Placement(space, numbering, capacity);
        return new AddressPlan(ranges, nodes, space.keys(), placement.prefixes(), placement.unplaced());
    }

    /** The same with peers whose addresses came later. */
    AddressPlan with(Collection<PeerKey> late) {
        Set<PeerKey> all = new LinkedHashSet<>(keys);
        return all.addAll(late)
                ? new AddressPlan(ranges, nodes, PeerSpace.inOrder(all, ranges), prefixes, unplaced)
                : this;
    }

    /** Whether it is what a whole compile of these rules would find, had no address changed hands. */
    boolean serves(NodeView view, List<Rule> rules) {
        return ranges.all().equals(NamedRanges.of(rules).all()) && nodes.equals(NodesAskedFor.of(view.nodes(), rules));
    }
}
