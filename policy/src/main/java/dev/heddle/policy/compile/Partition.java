package dev.heddle.policy.compile;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Elements split into classes, refined by one set after the other: afterwards two elements are of one class
 * exactly if every set holds both or neither (partition refinement, Paige and Tarjan 1987).
 */
final class Partition {

    private final int[] classes;
    private final int elements;
    private int[] sizes;
    private int count = 1;

    Partition(int elements) {
        this.elements = elements;
        this.classes = new int[elements];
        this.sizes = new int[16];
        sizes[0] = elements;
    }

    /** Splits every class that the set holds a part of. */
    void refine(BitSet set) {
        int[] inside = new int[count];
        for (int element = set.nextSetBit(0); element >= 0; element = set.nextSetBit(element + 1)) {
            inside[classes[element]]++;
        }
        int[] splitTo = inside.clone();
        int before = count;
        for (int old = 0; old < before; old++) {
            boolean whole = inside[old] == 0 || inside[old] == sizes[old];
            splitTo[old] = whole ? old : split(old, inside[old]);
        }
        if (count > before) {
            for (int element = set.nextSetBit(0); element >= 0; element = set.nextSetBit(element + 1)) {
                classes[element] = splitTo[classes[element]];
            }
        }
    }

    private int split(int old, int moved) {
        if (count == sizes.length) {
            sizes = Arrays.copyOf(sizes, 2 * count);
        }
        sizes[old] -= moved;
        sizes[count] = moved;
        return count++;
    }

    int count() {
        return count;
    }

    int classOf(int element) {
        return classes[element];
    }

    /** One element of each class. */
    int[] representatives() {
        int[] representatives = new int[count];
        for (int element = elements - 1; element >= 0; element--) {
            representatives[classes[element]] = element;
        }
        return representatives;
    }
}
