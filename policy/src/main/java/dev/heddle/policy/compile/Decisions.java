package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Tier;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has one judge decide: peer classes and port classes that its own asks treat alike are decided together. Asks are asked in
 * order; what is decided, they are not asked about again. Here precedence is resolved: a cell holds the winner.
 */
final class Decisions {

    private final Judge judge;
    private final PeerClasses peers;
    private final int ports;
    private final List<BitSet> matched;
    private final Interned<Matcher> matchers;
    private final boolean ingress;
    private final Partition alike;
    private final Partition alikePorts;
    private final Interned<List<PortMatch>> ownLists = new Interned<>();
    /** By the judge's lists of ports, the classes of alike ports that they match. */
    private final List<BitSet> portsOfList;

    private final int[][] cells;
    private final BitSet[] undecided;
    private final BitSet[] asked;

    /**
     * Nothing is decided yet.
     *
     * @param matchers the numbers of matchers in {@code peers}
     * @param ports number of the node's classes of ports
     * @param matched by the judge's lists of ports, the classes that they match
     */
    Decisions(Judge judge, PeerClasses peers, Interned<Matcher> matchers, int ports, List<BitSet> matched) {
        this.judge = judge;
        this.peers = peers;
        this.matchers = matchers;
        this.ports = ports;
        this.matched = matched;
        ingress = judge.direction() == Direction.INGRESS;
        alike = new Partition(peers.count());
        alike.refine(peers.host());
        alike.refine(peers.own());
        for (Matcher matcher : judge.matchers()) {
            alike.refine(peers.yes(matchers.index(matcher)));
            alike.refine(peers.denies(matchers.index(matcher)));
        }
        alikePorts = new Partition(ports);
        matched.forEach(list -> alikePorts.refine(Members.of(list)));
        BitSet representatives = bits(alikePorts.representatives());
        portsOfList = matched.stream()
                .map(list -> alikePorts.classesIn(list, representatives))
                .toList();
        judge.portLists().forEach(ownLists::index);
        cells = new int[alike.count()][alikePorts.count()];
        undecided = new BitSet[alikePorts.count()];
        asked = new BitSet[alikePorts.count()];
    }

    Decided decided() {
        for (int[] row : cells) {
            Arrays.fill(row, Decided.BY_NO_RULE);
        }
        decide();
        char[] ofPeer = new char[peers.peers()];
        for (int peer = 0; peer < ofPeer.length; peer++) {
            ofPeer[peer] = (char) alike.classOf(peers.classOf(peer));
        }
        char[] ofPort = new char[ports];
        for (int port = 0; port < ofPort.length; port++) {
            ofPort[port] = (char) alikePorts.classOf(port);
        }
        return new Decided(ofPeer, cells, matched, ofPort, portsOfList);
    }

    private void decide() {
        BitSet all = bits(alike.representatives());
        if (ingress) {
            all.andNot(peers.host().bits()); // the kubelet's probes: no rule decides
        }
        Arrays.setAll(undecided, port -> all.clone());
        @Nullable Tier tier = null;
        int index = 0;
        for (Ask ask : judge.asks()) {
            index++;
            if (ask.tier() != tier) {
                tier = ask.tier();
                Arrays.setAll(asked, port -> undecided[port].clone()); // no one has passed this tier yet
            }
            int matcher = matchers.index(ask.matcher());
            BitSet asksFor = portsOfList.get(ownLists.index(ask.ports()));
            for (int port = asksFor.nextSetBit(0); port >= 0; port = asksFor.nextSetBit(port + 1)) {
                if (!asked[port].isEmpty()) {
                    decide(index, port, peers.yes(matcher).bits(), ask.tier(), ask.action());
                    decide(index, port, peers.denies(matcher).bits(), ask.tier(), Action.DENY);
                }
            }
        }
    }

    private void decide(int ask, int port, BitSet matching, Tier tier, Action action) {
        BitSet decided = (BitSet) asked[port].clone();
        decided.and(matching);
        if (decided.isEmpty()) {
            return;
        }
        asked[port].andNot(decided);
        if (action == Action.PASS) {
            return;
        }
        undecided[port].andNot(decided);
        int cell = new Verdict(action == Action.ACCEPT, ask).cell();
        // NetworkPolicies never deny traffic to this node.
        boolean exemptsOwn = !ingress && action == Action.DENY && tier == Tier.NETWORK_POLICY;
        for (int peer = decided.nextSetBit(0); peer >= 0; peer = decided.nextSetBit(peer + 1)) {
            boolean exempt = exemptsOwn && peers.own().bits().get(peer);
            cells[alike.classOf(peer)][port] = exempt ? Decided.BY_NO_RULE : cell;
        }
    }

    private static BitSet bits(int[] indexes) {
        BitSet bits = new BitSet();
        Arrays.stream(indexes).forEach(bits::set);
        return bits;
    }
}
