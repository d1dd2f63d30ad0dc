package dev.heddle.node.bench;

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
 * What a verdict costs above parsing. Each run of each program parses the same packet and draws one of the peers at
 * random; then the class tables, or the hash tables, or nothing is asked. The draw and the parsing are in all three, and
 * taken away.
 */
@Tag("bench")
class VerdictBench {
    private static final String METRIC = "ns/packet above parsing";

    @Test
    void verdict() throws IOException {
        assertThat(Path.of("/proc/sys/kernel/bpf_stats_enabled")).hasContent("0");
        List<Comparison> cases = new ArrayList<>();
        for (Family family : Family.values()) {
            for (int peers : new int[] {1, 1_000, 50_000}) {
                cases.add(compare(family, peers));
            }
        }
        Report.publish("verdict", METRIC, "hash map", cases);
    }

    private static Comparison compare(Family family, int peers) throws IOException {
        boolean ipv6 = family == Family.IPV6;
        String suffix = ipv6 ? "6" : "";
        try (BenchProgram none = BenchProgram.load("verdict_none" + suffix, peers);
                BenchProgram classes = BenchProgram.load("verdict_classes" + suffix, peers);
                BenchProgram hash = BenchProgram.load("verdict_hash" + suffix, peers)) {
            if (ipv6) {
                VerdictTables.fillClasses6(classes.object(), peers);
                VerdictTables.fillHashes6(hash.object(), peers);
            } else {
                VerdictTables.fillClasses(classes.object(), peers);
                VerdictTables.fillHashes(hash.object(), peers);
            }
            double[][] nanos = BenchProgram.above(none, classes, hash);
            String name = (ipv6 ? "IPv6, " : "") + peers + (peers == 1 ? " peer" : " peers");
            return Comparison.of("verdict", name, METRIC, nanos[0], "hash map", nanos[1]);
        }
    }
}
