package dev.heddle.policy.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Elements split into classes, refined by one set after the other: afterwards two elements are of one class
 * exactly if every set holds both or neither (partition refinement, Paige and Tarjan 1987). A set costs as much as it has
 * elements, or as much as it lacks, whichever is less.
 */
final class Partition {

    private static final int ROOM = 16;

    private final int[] classes;
    private final int elements;
    private final BitSet inverted = new BitSet();
    private final List<List<Split>> splits = new ArrayList<>();
    private int[] sizes = new int[ROOM];
    private int[] inside = new int[ROOM];
    private int[] splitTo = new int[ROOM];
    private int sets;

    /** What a set moved out of a class went to another one. */
    private record Split(int set, int to) {}

    Partition(int elements) {
        this.elements = elements;
        this.classes = new int[elements];
        sizes[0] = elements;
        splits.add(new ArrayList<>());
    }

    /** Splits every class that the set holds a part of. */
    void refine(BitSet set) {
        int number = sets++;
        if (set.isEmpty()) {
            return;
        }
        BitSet moving = set;
        if (2 * set.cardinality() > elements) {
            inverted.set(number);
            moving = (BitSet) set.clone();
            moving.flip(0, elements);
        }
        int[] touched = new int[Math.min(count(), moving.cardinality())];
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
        int to = count();
        if (to == sizes.length) {
            sizes = Arrays.copyOf(sizes, 2 * to);
            inside = Arrays.copyOf(inside, 2 * to);
            splitTo = Arrays.copyOf(splitTo, 2 * to);
        }
        sizes[old] -= moved;
        sizes[to] = moved;
        splits.get(old).add(new Split(set, to));
        splits.add(new ArrayList<>());
        return to;
    }

    int count() {
        return splits.size();
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
        int answered = -1;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Split split : splits.get(found)) {
                if (split.set() > answered && isIn.test(split.set()) != inverted.get(split.set())) {
                    found = split.to();
                    answered = split.set();
                    moved = true;
                    break;
                }
            }
        }
        return found;
    }

    /**
     * The classes that a set consists of, if it refined this. As in refining, it costs what the set has or what it lacks: the
     * way for sets that mostly hold few elements.
     */
    BitSet classesIn(BitSet set) {
        BitSet found = new BitSet(0);
        if (2 * set.cardinality() <= elements) {
            for (int element = set.nextSetBit(0); element >= 0; element = set.nextSetBit(element + 1)) {
                found.set(classes[element]);
            }
        } else {
            found.set(0, count());
            for (int element = set.nextClearBit(0); element < elements; element = set.nextClearBit(element + 1)) {
                found.clear(classes[element]);
            }
        }
        return found;
    }

    /** One element of each class. */
    int[] representatives() {
        int[] representatives = new int[count()];
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
        BitSet found = new BitSet(count());
        BitSet held = (BitSet) representatives.clone();
        held.and(set);
        if (2 * held.cardinality() <= count()) {
            held.stream().forEach(element -> found.set(classes[element]));
        } else {
            held.xor(representatives);
            found.set(0, count());
            held.stream().forEach(element -> found.clear(classes[element]));
        }
        return found;
    }
}
