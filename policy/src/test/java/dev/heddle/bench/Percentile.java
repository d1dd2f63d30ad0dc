package dev.heddle.bench;

import java.util.Arrays;

/** Which value a part of all values does not exceed. */
public final class Percentile {

    private Percentile() {}

    /**
     * The nearest rank.
     *
     * @param values at least one, in any order
     * @param part 0.5 is the median, 1 the highest
     */
    public static double of(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }
}
