package dev.heddle.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.bench.Comparison;
import dev.heddle.bench.Report;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a compile costs on a node of a big cluster, by number and kind of rules. Each time stands beside what linear growth
 * makes of that for a tenth of the rules: the time without rules, and ten times what a tenth of them adds to it. A ratio
 * near 1 is linear; quadratic growth comes near 0.1. Below 1,000 rules what they add is hardly more than noise.
 */
@Tag("bench")
class CompileBench {

    private static final String METRIC = "ms/compile";
    private static final int ROUNDS = 40;
    private static final int[] RULES = {0, 1, 10, 100, 1_000, 10_000};
    private static final int SOME = 1_000;
    /** Addresses: one for each identity. */
    private static final int FEW = 5_000;

    private static final Capacity.Share ANYTHING = new Capacity.Share(Integer.MAX_VALUE, Integer.MAX_VALUE);
    /** No table of the kernel's is this big: what is asked here is the compiler's time, not what fits. */
    private static final Capacity UNBOUNDED =
            new Capacity(65_536, 1 << 27, 65_536, 1 << 27, 65_536, ANYTHING, ANYTHING);

    @Test
    void compile() throws IOException {
        for (BigNode.Shape shape : BigNode.Shape.values()) {
            best(List.of(BigNode.with(shape, SOME, FEW))); // warms the virtual machine up
        }
        List<Comparison> cases = new ArrayList<>();
        for (BigNode.Shape shape : BigNode.Shape.values()) {
            double[] millis = best(Arrays.stream(RULES)
                    .mapToObj(rules -> BigNode.with(shape, rules, FEW))
                    .toList());
            for (int size = 2; size < RULES.length; size++) {
                double linear = millis[0] + 10 * Math.max(0, millis[size - 1] - millis[0]);
                cases.add(comparison(RULES[size] + " " + shape.label(), millis[size], linear));
            }
        }
        double[] byAddresses = best(List.of(
                BigNode.with(BigNode.Shape.SPREAD, SOME, FEW), BigNode.with(BigNode.Shape.SPREAD, SOME, 10 * FEW)));
        cases.add(comparison(SOME + ", " + 10 * FEW + " addresses", byAddresses[1], 10 * byAddresses[0]));
        Report.publish("compile", METRIC, "linear", cases);
    }

    /** The best time for each node, measured in turns: what else the machine does only adds to it. */
    private static double[] best(List<NodeView> nodes) {
        double[] best = new double[nodes.size()];
        Arrays.fill(best, Double.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < best.length; i++) {
                best[i] = Math.min(best[i], millis(nodes.get(i)));
            }
        }
        return best;
    }

    private static double millis(NodeView node) {
        PeerNumbering numbering = new PeerNumbering(UNBOUNDED.peers());
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        Image image = Compiler.compile(node, numbering, UNBOUNDED);
        double took = (threads.getCurrentThreadCpuTime() - start) / 1e6;
        assertThat(image.problems()).isEmpty();
        assertThat(image.rules()).hasSameSizeAs(node.rules());
        return took;
    }

    private static Comparison comparison(String name, double millis, double linear) {
        return Comparison.of("compile", name, METRIC, new double[] {millis}, "linear", new double[] {linear});
    }
}
