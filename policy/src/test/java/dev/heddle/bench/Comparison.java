package dev.heddle.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * One case of a benchmark, Heddle beside a baseline: measured in turns, so that whatever else the machine does meets both.
 *
 * @param heddle median over the rounds
 * @param value the baseline's median
 * @param ratio median of the rounds' ratios; above 1 means that Heddle is better
 */
public record Comparison(
        String bench, String name, String metric, double heddle, String baseline, double value, double ratio) {
    /** Below this a difference of two times is noise, and no ratio of it means anything. */
    private static final double SMALLEST = 0.5;

    /** Medians of rounds in which both were measured in turns. */
    public static Comparison of(
            String bench, String name, String metric, double[] heddle, String baseline, double[] values) {
        double[] ratios = new double[heddle.length];
        Arrays.setAll(ratios, i -> values[i] / Math.max(heddle[i], SMALLEST));
        return new Comparison(bench, name, metric, median(heddle), baseline, median(values), median(ratios));
    }

    /** One figure beside the budget that it is to keep. */
    public static Comparison ofBudget(String bench, String name, String metric, double heddle, double budget) {
        return new Comparison(bench, name, metric, heddle, "budget", budget, budget / heddle);
    }

    private static double median(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"bench\": \"%s\", \"case\": \"%s\", \"metric\": \"%s\", \"heddle\": %.1f, \"baseline\": \"%s\", "
                        + "\"value\": %.1f, \"ratio\": %.2f}",
                bench,
                name,
                metric,
                heddle,
                baseline,
                value,
                ratio);
    }

    String row() {
        return String.format(Locale.ROOT, "%-22s %8.1f %10.1f %8.2f", name, heddle, value, ratio);
    }
}
