package dev.heddle.policy.compile;

import java.util.BitSet;
import java.util.List;

/**
 * What a judge decides, of all peers and ports: peers that its own asks treat alike are of one class here, and so are ports. It
 * speaks of asks, not of rules, and holds as long as the peers are the same.
 */
final class Decided {

    /** Of a judge with so many decisions most is to be found out anew anyhow, when one of its rules changes. */
    private static final int SMALL = 1 << 12;

    static final int BY_NO_RULE = new Verdict(true, 0).cell();

    private final char[] ofPeer;
    private final int[][] cells;
    private final List<BitSet> matched;
    private final char[] ofPort;
    private final List<BitSet> portsOfList;

    /**
     * Nothing given here is to be changed.
     *
     * @param ofPeer class of each peer
     * @param cells by class of peers and class of ports, a {@link Verdict}: its rule is the ask that decides, the first is 1
     * @param matched by the judge's lists of ports, the node's classes of ports that they match
     * @param ofPort class of each of the node's classes of ports
     * @param portsOfList by the judge's lists of ports, the classes here that they match
     */
    Decided(char[] ofPeer, int[][] cells, List<BitSet> matched, char[] ofPort, List<BitSet> portsOfList) {
        this.ofPeer = ofPeer;
        this.cells = cells;
        this.matched = matched;
        this.ofPort = ofPort;
        this.portsOfList = portsOfList;
    }

    boolean isSmall() {
        return cells.length * cells[0].length <= SMALL;
    }

    /** Number of classes of peers. */
    int count() {
        return cells.length;
    }

    /** What is decided of one class of peers, by the node's classes of ports and the numbers of its rules. */
    int[] row(int peerClass, char[] ofPorts, Numbers rules) {
        int[] numbered = cells[peerClass].clone();
        for (int port = 0; port < numbered.length; port++) {
            int ask = Verdict.ruleOf(numbered[port]);
            numbered[port] += ask == 0 ? 0 : rules.all()[ask - 1] - ask;
        }
        int[] row = new int[ofPorts.length];
        for (int port = 0; port < row.length; port++) {
            row[port] = numbered[ofPorts[port]];
        }
        return row;
    }

    int classOf(int peer) {
        return ofPeer[peer];
    }

    /**
     * The class of each of the node's classes of ports, which may be others than those that it was decided with.
     *
     * @param count of the node's classes
     * @param nowMatched by the judge's lists of ports, those that they match
     */
    char[] ofPorts(int count, List<BitSet> nowMatched) {
        if (count == ofPort.length && nowMatched.equals(matched)) {
            return ofPort;
        }
        char[] found = new char[count];
        for (int own = 0; own < cells[0].length; own++) {
            BitSet in = new BitSet();
            in.set(0, count);
            for (int list = 0; list < nowMatched.size(); list++) {
                if (portsOfList.get(list).get(own)) {
                    in.and(nowMatched.get(list));
                } else {
                    in.andNot(nowMatched.get(list));
                }
            }
            for (int port = in.nextSetBit(0); port >= 0; port = in.nextSetBit(port + 1)) {
                found[port] = (char) own;
            }
        }
        return found;
    }
}
