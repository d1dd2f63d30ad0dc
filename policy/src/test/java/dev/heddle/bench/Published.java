package dev.heddle.bench;

import java.util.ArrayList;
import java.util.List;

/** What is published of the best-known system for 1,000 nodes, 30,000 pods and 30,000 policies: each agent's latency. */
public final class Published {

    private static final double[] PARTS = {0.5, 0.9, 0.99};
    private static final double[] MILLIS = {9, 23, 317};

    private Published() {}

    /** Cases for p50, p90 and p99 of Heddle's milliseconds. */
    public static List<Comparison> beside(String bench, String name, String metric, double[] millis) {
        List<Comparison> cases = new ArrayList<>();
        for (int i = 0; i < PARTS.length; i++) {
            double heddle = Percentile.of(millis, PARTS[i]);
            cases.add(new Comparison(
                    bench,
                    name + " p" + Math.round(PARTS[i] * 100),
                    metric,
                    heddle,
                    "published",
                    MILLIS[i],
                    MILLIS[i] / heddle));
        }
        return cases;
    }
}
