package dev.heddle.node.bench.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.bench.Comparison;
import dev.heddle.bench.Report;
import dev.heddle.node.packetlife.Family;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a packet costs more with a thousand times the rules: the whole of {@code from_pod}, on packets of an open
 * connection to random peers, with 10,000 rules and with 10, in turns.
 */
@Tag("bench")
class GrowthBench {
    private static final String METRIC = "ns/packet";
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 61;

    @Test
    void growth() throws IOException {
        assertThat(Path.of("/proc/sys/kernel/bpf_stats_enabled")).hasContent("0");
        List<Comparison> cases = new ArrayList<>();
        for (Family family : Family.values()) {
            for (int peers : new int[] {1, 1_000, 50_000}) {
                cases.add(compare(family, peers));
            }
        }
        Report.publish("growth", METRIC, "10 rules", cases);
    }

    private static Comparison compare(Family family, int peers) throws IOException {
        Workload workload = new Workload(10_000, peers, family);
        try (RuledPod many = new RuledPod(workload);
                RuledPod few = new RuledPod(new Workload(10, peers, family))) {
            double[] ofMany = new double[ROUNDS];
            double[] ofFew = new double[ROUNDS];
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                double drawing = few.drawing();
                double first = (round % 2 == 0 ? many : few).packet() - drawing;
                double second = (round % 2 == 0 ? few : many).packet() - drawing;
                if (round >= 0) { // those before warm the caches
                    ofMany[round] = round % 2 == 0 ? first : second;
                    ofFew[round] = round % 2 == 0 ? second : first;
                }
            }
            return Comparison.of("growth", workload.toString(), METRIC, ofMany, "10 rules", ofFew);
        }
    }
}
