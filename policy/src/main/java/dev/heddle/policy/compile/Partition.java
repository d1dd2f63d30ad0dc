package dev.heddle.policy.compile;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * Elements split into classes, refined by one set after the other: afterwards two elements are of one class
 * exactly if every set holds both or neither (partition refinement, Paige and Tarjan 1987). A set costs as much as it has
 * elements, or as much as it lacks, whichever is less.
 */
final class Partition {

    private static final int ROOM = 16;
    private static final int NO_CLASS = -1;

    private final int[] classes;
    private final int elements;
    private final BitSet inverted = new BitSet();
    private int count = 1;
    private int sets;
    private int[] sizes = new int[ROOM];
    /** Scratch of one refinement. */
    private int[] inside = new int[ROOM];

    private int[] splitTo = new int[ROOM];

    // What a set moved out of a class became another one. Of each class but the first: the set that made it, and the
    // next that the same class lost. Of each class: the first and the last that it lost.
    private int[] madeBy = new int[ROOM];
    private int[] next = new int[ROOM];
    private int[] firstLost = new int[ROOM];
    private int[] lastLost = new int[ROOM];

    Partition(int elements) {
        this.elements = elements;
        this.classes = new int[elements];
        sizes[0] = elements;
        firstLost[0] = NO_CLASS;
    }

    /** Splits every class that the set holds a part of. */
    void refine(Members set) {
        int number = sets++;
        if (set.isEmpty()) {
            return;
        }
        BitSet moving = set.bits();
        int many = set.count();
        if (2 * many > elements) {
            inverted.set(number);
            moving = (BitSet) moving.clone();
            moving.flip(0, elements);
            many = elements - many;
        }
        int[] touched = new int[Math.min(count, many)];
        int touchedCount = 0;
        for (int element = moving.nextSetBit(0); element >= 0; element = moving.nextSetBit(element + 1)) {
            int of = classes[element];
            if (inside[of]++ == 0) {
                touched[touchedCount++] = of;
            }
        }
        for (int i = 0; i < touchedCount; i++) {
            int old = touched[i];
            int to = inside[old] == sizes[old] ? old : split(number, old, inside[old]);
            splitTo[old] = to; // not in one step: split may have made the array anew
            inside[old] = 0;
        }
        for (int element = moving.nextSetBit(0); element >= 0; element = moving.nextSetBit(element + 1)) {
            classes[element] = splitTo[classes[element]];
        }
    }

    private int split(int set, int old, int moved) {
        int to = count++;
        if (to == sizes.length) {
            grow(2 * to);
        }
        sizes[old] -= moved;
        sizes[to] = moved;
        madeBy[to] = set;
        next[to] = NO_CLASS;
        firstLost[to] = NO_CLASS;
        if (firstLost[old] == NO_CLASS) {
            firstLost[old] = to;
        } else {
            next[lastLost[old]] = to;
        }
        lastLost[old] = to;
        return to;
    }

    private void grow(int room) {
        sizes = Arrays.copyOf(sizes, room);
        inside = Arrays.copyOf(inside, room);
        splitTo = Arrays.copyOf(splitTo, room);
        madeBy = Arrays.copyOf(madeBy, room);
        next = Arrays.copyOf(next, room);
        firstLost = Arrays.copyOf(firstLost, room);
        lastLost = Arrays.copyOf(lastLost, room);
    }

    int elements() {
        return elements;
    }

    int count() {
        return count;
    }

    int classOf(int element) {
        return classes[element];
    }

    /**
     * The class that a new element would be in, if any: whether it really answers every set as that class does is for the
     * caller to check.
     *
     * @param isIn whether the new element is in the set of this number, in the order of refinement
     */
    int find(IntPredicate isIn) {
        int found = 0;
        int answered = NO_CLASS;
        int candidate = firstLost[0];
        while (candidate != NO_CLASS) {
            int set = madeBy[candidate];
            if (set > answered && isIn.test(set) != inverted.get(set)) {
                found = candidate;
                answered = set;
                candidate = firstLost[found];
            } else {
                candidate = next[candidate];
            }
        }
        return found;
    }

    /**
     * The classes that a set consists of, if it refined this. As in refining, it costs what the set has or what it lacks: the
     * way for sets that mostly hold few elements.
     */
    Members classesIn(Members set) {
        if (set.isEmpty()) {
            return Members.NONE;
        }
        BitSet bits = set.bits();
        BitSet found = new BitSet(0);
        if (2 * set.count() <= elements) {
            for (int element = bits.nextSetBit(0); element >= 0; element = bits.nextSetBit(element + 1)) {
                found.set(classes[element]);
            }
        } else {
            found.set(0, count);
            for (int element = bits.nextClearBit(0); element < elements; element = bits.nextClearBit(element + 1)) {
                found.clear(classes[element]);
            }
        }
        return Members.of(found);
    }

    /** One element of each class. */
    int[] representatives() {
        int[] representatives = new int[count];
        for (int element = elements - 1; element >= 0; element--) {
            representatives[classes[element]] = element;
        }
        return representatives;
    }

    /**
     * The classes that a set consists of, if it refined this. It costs what the set has of the representatives, or lacks
     * of them, and a copy of them.
     *
     * @param representatives one element of each class
     */
    BitSet classesIn(BitSet set, BitSet representatives) {
        BitSet found = new BitSet(count);
        BitSet held = (BitSet) representatives.clone();
        held.and(set);
        if (2 * held.cardinality() <= count) {
            held.stream().forEach(element -> found.set(classes[element]));
        } else {
            held.xor(representatives);
            found.set(0, count);
            held.stream().forEach(element -> found.clear(classes[element]));
        }
        return found;
    }
}
