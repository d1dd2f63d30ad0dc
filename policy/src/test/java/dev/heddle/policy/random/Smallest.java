package dev.heddle.policy.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes failing cases small enough to be read. */
final class Smallest {

    private Smallest() {}

    /** A sublist that still fails, of which no element can be left out; the list itself if it does not fail. */
    static <T> List<T> of(List<T> all, Predicate<List<T>> fails) {
        List<T> smallest = new ArrayList<>(all);
        for (int i = all.size() - 1; i >= 0; i--) {
            List<T> without = new ArrayList<>(smallest);
            without.remove(i);
            if (fails.test(without)) {
                smallest = without;
            }
        }
        return smallest;
    }
}
