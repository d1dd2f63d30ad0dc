package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Rule;
import java.util.List;
import java.util.Map;

/**
 * Which peers there are, and which addresses are which: the part of an image that rules hardly change. Other rules are
 * served by it too as long as they name the same ranges and tell the same nodes apart.
 *
 * @param ranges that rules name
 * @param nodes that rules ask for, by address
 * @param unplaced how many pod addresses found no room
 * @param memory of what rules asked these peers
 */
record AddressPlan(
        NamedRanges ranges, Map<Cidr, Who> nodes, PeerIndex peers, PrefixTable prefixes, int unplaced, Memory memory) {

    static AddressPlan of(NodeView view, List<Rule> rules, PeerNumbering numbering, Capacity capacity) {
        NamedRanges ranges = NamedRanges.of(rules);
        Map<Cidr, Who> nodes = NodesAskedFor.of(view.nodes(), rules);
        PeerSpace space = new PeerSpace(view, nodes, ranges);
        Placement placement = new Placement(space, numbering, capacity);
        PeerIndex peers = new PeerIndex(space.keys(), view, ranges, numbering);
        return new AddressPlan(ranges, nodes, peers, placement.prefixes(), placement.unplaced(), new Memory());
    }

    /** The same with peers whose addresses came later, and namespaces as they are now. */
    AddressPlan with(List<PeerKey> late, NodeView view, PeerNumbering numbering) {
        PeerIndex now = peers.with(late, view, numbering);
        return now == peers ? this : new AddressPlan(ranges, nodes, now, prefixes, unplaced, new Memory());
    }

    /** Whether it is what a whole compile of these rules would find, had no address changed hands. */
    boolean serves(NodeView view, List<Rule> rules) {
        return ranges.all().equals(NamedRanges.of(rules).all()) && nodes.equals(NodesAskedFor.of(view.nodes(), rules));
    }
}
