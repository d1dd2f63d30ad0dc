package dev.heddle.policy.compile;

import dev.heddle.policy.compile.Matcher.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Peers that every matcher treats alike, and which classes each matcher matches. */
final class PeerClasses {

    /** Sets of the partition: the two of this node, then two for each matcher. */
    private static final int FIRST_OF_MATCHERS = 2;

    private final Partition partition;
    private final int[] representatives;
    private final Members host;
    private final Members own;
    private final List<Members> yes = new ArrayList<>();
    private final List<Members> denies = new ArrayList<>();

    /**
     * Splits all peers by every matcher.
     *
     * @param columns the answers of all peers to each matcher
     * @param host this node as a sender
     * @param own this node by each of its addresses, and {@code host}
     */
    PeerClasses(int peers, List<PeerColumns.Column> columns, Members host, Members own) {
        partition = new Partition(peers);
        partition.refine(host);
        partition.refine(own);
        for (PeerColumns.Column column : columns) {
            partition.refine(column.yes());
            partition.refine(column.denies());
        }
        for (PeerColumns.Column column : columns) {
            yes.add(partition.classesIn(column.yes()));
            denies.add(partition.classesIn(column.denies()));
        }
        this.host = partition.classesIn(host);
        this.own = partition.classesIn(own);
        representatives = partition.representatives();
    }

    int count() {
        return partition.count();
    }

    /** Number of peers. */
    int peers() {
        return partition.elements();
    }

    int classOf(int peer) {
        return partition.classOf(peer);
    }

    /** A peer of the class. */
    int representative(int peerClass) {
        return representatives[peerClass];
    }

    /** The class of this node as a sender. */
    Members host() {
        return host;
    }

    /** The classes of this node. */
    Members own() {
        return own;
    }

    /** The classes that a matcher answers with YES. */
    Members yes(int matcher) {
        return yes.get(matcher);
    }

    /** The classes that a matcher answers with DENIES. */
    Members denies(int matcher) {
        return denies.get(matcher);
    }

    /** The class of another peer, not this node, by its answers to the matchers; empty when no class has all of them. */
    OptionalInt find(IntFunction<Answer> answers) {
        int found = partition.find(set -> set >= FIRST_OF_MATCHERS
                && answers.apply((set - FIRST_OF_MATCHERS) / 2)
                        == ((set - FIRST_OF_MATCHERS) % 2 == 0 ? Answer.YES : Answer.DENIES));
        boolean agrees = !own.bits().get(found)
                && IntStream.range(0, yes.size()).allMatch(matcher -> answers.apply(matcher) == answer(found, matcher));
        return agrees ? OptionalInt.of(found) : OptionalInt.empty();
    }

    private Answer answer(int peerClass, int matcher) {
        return yes(matcher).bits().get(peerClass)
                ? Answer.YES
                : denies(matcher).bits().get(peerClass) ? Answer.DENIES : Answer.NO;
    }
}
