package dev.heddle.policy.compile;

import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Protocol;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * One classification of all (protocol slot, port) pairs: two pairs are of one class when every list of port
 * matches treats them alike.
 *
 * @param table class by {@code slot * 65536 + port}
 * @param count of classes
 * @param matched for each list, the classes that it matches
 */
@SuppressWarnings("ArrayRecordComponent") // built once, handed on, never compared
record PortClasses(char[] table, int count, List<BitSet> matched) {

    private static final int SLOTS = 4;
    private static final int PORTS = 65_536;

    /** Classifies for these lists; an empty list matches everything. None holds a named port. */
    static PortClasses of(List<List<PortMatch>> lists) {
        int[] starts = starts(lists);
        List<BitSet> sets = lists.stream().map(list -> stretches(list, starts)).toList();
        Partition partition = new Partition(starts.length);
        sets.forEach(set -> partition.refine(Members.of(set)));
        char[] table = new char[SLOTS * PORTS];
        for (int i = 0; i < starts.length; i++) {
            int to = i + 1 < starts.length ? starts[i + 1] : table.length;
            Arrays.fill(table, starts[i], to, (char) partition.classOf(i));
        }
        BitSet representatives = new BitSet(starts.length);
        Arrays.stream(partition.representatives()).forEach(representatives::set);
        List<BitSet> matched = sets.stream()
                .map(set -> partition.classesIn(set, representatives))
                .toList();
        return new PortClasses(table, partition.count(), matched);
    }

    /** For each of some lists, the classes that it matches. */
    List<BitSet> matched(List<List<PortMatch>> some, Interned<List<PortMatch>> numbers) {
        return some.stream().map(list -> matched.get(numbers.index(list))).toList();
    }

    /** Where the answer of some list may change: the first indexes of stretches of the table that are alike, in order. */
    private static int[] starts(List<List<PortMatch>> lists) {
        TreeSet<Integer> starts = new TreeSet<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            starts.add(slot * PORTS);
        }
        for (List<PortMatch> list : lists) {
            for (PortMatch match : list) {
                if (match instanceof PortMatch.Range range) {
                    starts.add(index(range.protocol(), range.from()));
                    starts.add(index(range.protocol(), range.to()) + 1);
                }
            }
        }
        starts.remove(SLOTS * PORTS);
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The stretches that a list matches. */
    private static BitSet stretches(List<PortMatch> list, int[] starts) {
        BitSet matched = new BitSet(starts.length);
        if (list.isEmpty()) {
            matched.set(0, starts.length);
        }
        for (PortMatch match : list) {
            switch (match) {
                case PortMatch.AnyPort(var protocol) ->
                    matched.set(at(starts, index(protocol, 0)), at(starts, index(protocol, 0) + PORTS));
                case PortMatch.Range(var protocol, var from, var to) ->
                    matched.set(at(starts, index(protocol, from)), at(starts, index(protocol, to) + 1));
                case PortMatch.Named named -> {}
            }
        }
        return matched;
    }

    private static int at(int[] starts, int index) {
        return index == SLOTS * PORTS ? starts.length : Arrays.binarySearch(starts, index);
    }

    private static int index(Protocol protocol, int port) {
        return Image.slot(protocol.number()) * PORTS + port;
    }
}
