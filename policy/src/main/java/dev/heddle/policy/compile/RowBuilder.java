package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Tier;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes rows, each distinct one once. Here precedence is resolved: a cell holds the winner. */
final class RowBuilder {

    private static final int BY_NO_RULE = new Verdict(true, 0).cell();

    private final PortClasses ports;
    private final PeerClasses peers;
    private final int limit;
    private final Interned<Numbers> rows = new Interned<>();

    /** @param limit of the number of rows */
    RowBuilder(PortClasses ports, PeerClasses peers, int limit) {
        this.ports = ports;
        this.peers = peers;
        this.limit = limit;
    }

    /** The rows of one subject: an id for each class. */
    char[] rows(SubjectTerms.Judge judge) {
        Decisions decisions = new Decisions(judge);
        decisions.decide();
        int[] ids = new int[decisions.cells.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = id(decisions.expanded(decisions.cells[i]));
        }
        char[] found = new char[peers.count()];
        for (int peerClass = 0; peerClass < found.length; peerClass++) {
            found[peerClass] = (char) ids[decisions.alike.classOf(peerClass)];
        }
        return found;
    }

    /** All rows behind each other. */
    int[] cells() {
        int[] cells = new int[rows.size() * ports.count()];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.values().get(i).all(), 0, cells, i * ports.count(), ports.count());
        }
        return cells;
    }

    private int id(int[] row) {
        int id = rows.index(new Numbers(row));
        if (id >= limit) {
            throw new Overflow(Overflow.Table.CELLS);
        }
        return id;
    }

    /**
     * One subject's decisions: peer classes and port classes that its own terms treat alike are decided together. Terms
     * are asked in order; what is decided, they are not asked about again.
     */
    private final class Decisions {

        private final List<Term> terms;
        private final boolean ingress;
        private final Partition alike = new Partition(peers.count());
        private final Partition alikePorts = new Partition(ports.count());
        private final Map<Integer, BitSet> portsOfList = new HashMap<>();
        private final int[][] cells;
        private final BitSet[] undecided;
        private final BitSet[] asked;

        Decisions(SubjectTerms.Judge judge) {
            terms = judge.terms();
            ingress = judge.direction() == Direction.INGRESS;
            alike.refine(peers.host());
            alike.refine(peers.own());
            terms.stream().mapToInt(Term::matcher).distinct().forEach(matcher -> {
                alike.refine(peers.yes(matcher));
                alike.refine(peers.denies(matcher));
            });
            int[] lists = terms.stream().mapToInt(Term::ports).distinct().toArray();
            for (int list : lists) {
                alikePorts.refine(Members.of(ports.matched().get(list)));
            }
            BitSet representatives = bits(alikePorts.representatives());
            for (int list : lists) {
                portsOfList.put(list, alikePorts.classesIn(ports.matched().get(list), representatives));
            }
            cells = new int[alike.count()][alikePorts.count()];
            undecided = new BitSet[alikePorts.count()];
            asked = new BitSet[alikePorts.count()];
        }

        void decide() {
            for (int[] row : cells) {
                Arrays.fill(row, BY_NO_RULE);
            }
            BitSet all = bits(alike.representatives());
            if (ingress) {
                all.andNot(peers.host().bits()); // the kubelet's probes: no rule decides
            }
            Arrays.setAll(undecided, port -> all.clone());
            @Nullable Tier tier = null;
            for (Term term : terms) {
                if (term.tier() != tier) {
                    tier = term.tier();
                    Arrays.setAll(asked, port -> undecided[port].clone()); // no one has passed this tier yet
                }
                BitSet matched = portsOfList.getOrDefault(term.ports(), new BitSet());
                for (int port = matched.nextSetBit(0); port >= 0; port = matched.nextSetBit(port + 1)) {
                    if (!asked[port].isEmpty()) {
                        decide(term, port, peers.yes(term.matcher()).bits(), term.action());
                        decide(term, port, peers.denies(term.matcher()).bits(), Action.DENY);
                    }
                }
            }
        }

        private void decide(Term term, int port, BitSet matching, Action action) {
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
            int cell = new Verdict(action == Action.ACCEPT, term.rule()).cell();
            // NetworkPolicies never deny traffic to this node.
            boolean exemptsOwn = !ingress && action == Action.DENY && term.tier() == Tier.NETWORK_POLICY;
            for (int peer = decided.nextSetBit(0); peer >= 0; peer = decided.nextSetBit(peer + 1)) {
                boolean exempt = exemptsOwn && peers.own().bits().get(peer);
                cells[alike.classOf(peer)][port] = exempt ? BY_NO_RULE : cell;
            }
        }

        /** A row for the node's port classes. */
        int[] expanded(int[] row) {
            int[] expanded = new int[ports.count()];
            for (int port = 0; port < expanded.length; port++) {
                expanded[port] = row[alikePorts.classOf(port)];
            }
            return expanded;
        }

        private static BitSet bits(int[] indexes) {
            BitSet bits = new BitSet();
            Arrays.stream(indexes).forEach(bits::set);
            return bits;
        }
    }
}
