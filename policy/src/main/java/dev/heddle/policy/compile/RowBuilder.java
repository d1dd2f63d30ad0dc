package dev.heddle.policy.compile;

import dev.heddle.policy.rule.PortMatch;
import java.util.BitSet;
import java.util.List;

/** Rows for the classes of a node, each distinct one once, from what judges decide. */
final class RowBuilder {

    private final PortClasses ports;
    private final PeerClasses peers;
    private final Interned<Matcher> matchers;
    private final Interned<List<PortMatch>> portLists;
    private final Memory memory;
    private final int limit;
    private final Interned<Numbers> rows = new Interned<>();

    /**
     * Starts without rows.
     *
     * @param matchers the numbers of matchers in {@code peers}
     * @param portLists the numbers of lists of ports in {@code ports}
     * @param memory of what judges decided
     * @param limit of the number of rows
     */
    RowBuilder(
            PeerClasses peers,
            PortClasses ports,
            Interned<Matcher> matchers,
            Interned<List<PortMatch>> portLists,
            Memory memory,
            int limit) {
        this.peers = peers;
        this.ports = ports;
        this.matchers = matchers;
        this.portLists = portLists;
        this.memory = memory;
        this.limit = limit;
    }

    /** The rows of one subject: an id for each class. */
    char[] rows(Judges.Subject subject) {
        Judge judge = subject.judge();
        List<BitSet> matched = ports.matched(judge.portLists(), portLists);
        Decided decided =
                memory.decided(judge, one -> new Decisions(one, peers, matchers, ports.count(), matched).decided());
        char[] ofPorts = decided.ofPorts(ports.count(), matched);
        int[] ids = new int[decided.count()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = id(decided.row(i, ofPorts, subject.rules()));
        }
        char[] found = new char[peers.count()];
        for (int peerClass = 0; peerClass < found.length; peerClass++) {
            found[peerClass] = (char) ids[decided.classOf(peers.representative(peerClass))];
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
}
