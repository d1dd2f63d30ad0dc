package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Tier;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes rows, each distinct one once. Here precedence is resolved: a cell holds the winner. */
final class RowBuilder {

    private final PortClasses ports;
    private final List<Classifier.Answers> classes;
    private final int host;
    private final BitSet own;
    private final int limit;
    private final Map<IntBuffer, Integer> ids = new HashMap<>();
    private final List<int[]> rows = new ArrayList<>();

    /**
     * Starts without rows.
     *
     * @param host the class of this node as a sender
     * @param own the classes of this node's addresses, and {@code host}
     * @param limit of the number of rows
     */
    RowBuilder(PortClasses ports, List<Classifier.Answers> classes, int host, BitSet own, int limit) {
        this.ports = ports;
        this.classes = classes;
        this.host = host;
        this.own = own;
        this.limit = limit;
    }

    /** The rows of one subject: an id for each class. */
    char[] rows(SubjectTerms.Judge judge) {
        boolean ingress = judge.direction() == Direction.INGRESS;
        char[] found = new char[classes.size()];
        Map<BitSet, Integer> known = new HashMap<>();
        for (int peerClass = 0; peerClass < found.length; peerClass++) {
            if (ingress && peerClass == host) {
                found[peerClass] = (char) row(judge.terms(), new BitSet(), false); // the kubelet's probes
                continue;
            }
            boolean exempt = !ingress && own.get(peerClass);
            BitSet matched = matched(judge.terms(), classes.get(peerClass));
            matched.set(2 * judge.terms().size(), exempt);
            Integer row = known.get(matched);
            if (row == null) {
                row = row(judge.terms(), matched, exempt);
                known.put(matched, row);
            }
            found[peerClass] = (char) (int) row;
        }
        return found;
    }

    /** All rows behind each other. */
    int[] cells() {
        int[] cells = new int[rows.size() * ports.count()];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, cells, i * ports.count(), ports.count());
        }
        return cells;
    }

    /** Bit 2i: term i matches. Bit 2i+1: it matches as a Deny. */
    private static BitSet matched(List<Term> terms, Classifier.Answers answers) {
        BitSet matched = new BitSet(2 * terms.size());
        for (int i = 0; i < terms.size(); i++) {
            int matcher = terms.get(i).matcher();
            if (answers.denies().get(matcher)) {
                matched.set(2 * i + 1);
            } else if (answers.yes().get(matcher)) {
                matched.set(2 * i);
            }
        }
        return matched;
    }

    private int row(List<Term> terms, BitSet matched, boolean exempt) {
        int[] row = new int[ports.count()];
        for (int portClass = 0; portClass < row.length; portClass++) {
            row[portClass] = verdict(terms, matched, portClass, exempt).cell();
        }
        Integer known = ids.putIfAbsent(IntBuffer.wrap(row), rows.size());
        if (known != null) {
            return known;
        }
        if (rows.size() >= limit) {
            throw new Overflow(Overflow.Table.CELLS);
        }
        rows.add(row);
        return rows.size() - 1;
    }

    /** @param exempt traffic to this node: NetworkPolicies never deny it */
    private Verdict verdict(List<Term> terms, BitSet matched, int portClass, boolean exempt) {
        BitSet lists = ports.matches().get(portClass);
        @Nullable Tier passed = null;
        for (int bit = matched.nextSetBit(0); bit >= 0 && bit < 2 * terms.size(); bit = matched.nextSetBit(bit + 1)) {
            Term term = terms.get(bit / 2);
            if (!lists.get(term.ports()) || term.tier() == passed) {
                continue;
            }
            Action action = bit % 2 == 1 ? Action.DENY : term.action();
            if (exempt && action == Action.DENY && term.tier() == Tier.NETWORK_POLICY) {
                return new Verdict(true, 0);
            }
            switch (action) {
                case ACCEPT -> {
                    return new Verdict(true, term.rule());
                }
                case DENY -> {
                    return new Verdict(false, term.rule());
                }
                case PASS -> passed = term.tier();
            }
        }
        return new Verdict(true, 0);
    }
}
