package dev.heddle.policy.compile;

import java.util.BitSet;

/**
 * A set, with the number of its elements: counting them is what costs when most sets have few of many.
 *
 * @param bits not to be changed
 */
record Members(BitSet bits, int count) {

    static final Members NONE = new Members(new BitSet(), 0);

    static Members of(BitSet bits) {
        return new Members(bits, bits.cardinality());
    }

    boolean isEmpty() {
        return count == 0;
    }
}
