package dev.heddle.policy.compile;

import java.util.Arrays;
import java.util.BitSet;

/** Which elements have something in common, as a list: as long as they are many, however high their numbers. */
final class Posting {

    private static final int ROOM = 4;

    private int[] elements = new int[ROOM];
    private int count;

    void add(int element) {
        if (count == elements.length) {
            elements = Arrays.copyOf(elements, 2 * count);
        }
        elements[count++] = element;
    }

    void addTo(BitSet set) {
        for (int i = 0; i < count; i++) {
            set.set(elements[i]);
        }
    }
}
