package dev.heddle.policy.compile;

import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * One classification of all (protocol slot, port) pairs: two pairs are of one class when every list of port
 * matches treats them alike.
 *
 * @param table class by {@code slot * 65536 + port}
 * @param matches for each class, the lists that match it
 */
@SuppressWarnings("ArrayRecordComponent") // built once, handed on, never compared
record PortClasses(char[] table, List<BitSet> matches) {

    private static final int SLOTS = 4;
    private static final int PORTS = 65_536;

    /** Classifies for these lists; an empty list matches everything. None holds a named port. */
    static PortClasses of(List<List<PortMatch>> lists) {
        char[] table = new char[SLOTS * PORTS];
        Interned<BitSet> classes = new Interned<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            List<Integer> bounds = new ArrayList<>(bounds(slot, lists));
            for (int i = 0; i < bounds.size(); i++) {
                int from = bounds.get(i);
                int to = i + 1 < bounds.size() ? bounds.get(i + 1) : PORTS;
                char portClass = (char) classes.index(signature(slot, from, lists));
                Arrays.fill(table, slot * PORTS + from, slot * PORTS + to, portClass);
            }
        }
        return new PortClasses(table, classes.values());
    }

    int count() {
        return matches.size();
    }

    /** Where the answer of some list may change. */
    private static TreeSet<Integer> bounds(int slot, List<List<PortMatch>> lists) {
        TreeSet<Integer> bounds = new TreeSet<>();
        bounds.add(0);
        for (List<PortMatch> list : lists) {
            for (PortMatch match : list) {
                if (match instanceof PortMatch.Range range && slot(range.protocol()) == slot) {
                    bounds.add(range.from());
                    bounds.add(range.to() + 1);
                }
            }
        }
        bounds.remove(PORTS);
        return bounds;
    }

    private static BitSet signature(int slot, int port, List<List<PortMatch>> lists) {
        BitSet signature = new BitSet(lists.size());
        for (int i = 0; i < lists.size(); i++) {
            signature.set(i, matches(lists.get(i), slot, port));
        }
        return signature;
    }

    private static boolean matches(List<PortMatch> list, int slot, int port) {
        return list.isEmpty()
                || list.stream().anyMatch(match -> switch (match) {
                    case PortMatch.AnyPort any -> slot(any.protocol()) == slot;
                    case PortMatch.Range range ->
                        slot(range.protocol()) == slot && range.from() <= port && port <= range.to();
                    case PortMatch.Named named -> false;
                });
    }

    private static int slot(Protocol protocol) {
        return Image.slot(protocol.number());
    }
}
