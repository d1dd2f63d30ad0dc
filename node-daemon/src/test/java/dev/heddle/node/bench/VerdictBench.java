package dev.heddle.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.bench.Comparison;
import dev.heddle.bench.Report;
import dev.heddle.node.ffm.bpf.BpfProgram;
import dev.heddle.node.ffm.bpf.TestRun;
import dev.heddle.node.ffm.elf.BpfObject;
import dev.heddle.node.ffm.elf.ObjectFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a verdict costs above parsing. Each run of each program parses the same packet and draws one of the peers at
 * random; then the class tables, or the hash tables, or nothing is asked. The draw and the parsing are in all three, and
 * taken away. CPU time of the thread, so that other processes count less.
 */
@Tag("bench")
class VerdictBench {
    private static final Path OBJECTS = Path.of("..", "bpf", "target", "bench");
    private static final String METRIC = "ns/packet above parsing";
    private static final int ROUNDS = 21;
    private static final int REPEAT = 400_000;
    private static final int ALLOWED = 0;
    private static final byte[] PACKET = packet();

    @Test
    void verdict() throws IOException {
        assertThat(Path.of("/proc/sys/kernel/bpf_stats_enabled")).hasContent("0");
        List<Comparison> cases = new ArrayList<>();
        for (int peers : new int[] {1, 1_000, 50_000}) {
            cases.add(compare(peers));
        }
        Report.publish("verdict", METRIC, "hash map", cases);
    }

    private static Comparison compare(int peers) throws IOException {
        try (BpfObject none = load("verdict_none", peers);
                BpfObject classes = load("verdict_classes", peers);
                BpfObject hash = load("verdict_hash", peers)) {
            VerdictTables.fillClasses(classes, peers);
            VerdictTables.fillHashes(hash, peers);
            double[] ours = new double[ROUNDS];
            double[] theirs = new double[ROUNDS];
            for (int round = -2; round < ROUNDS; round++) {
                double parsing = nanos(none.program("verdict_none"));
                double classTables = nanos(classes.program("verdict_classes"));
                double hashTables = nanos(hash.program("verdict_hash"));
                if (round >= 0) { // those before warm the caches
                    ours[round] = classTables - parsing;
                    theirs[round] = hashTables - parsing;
                }
            }
            return Comparison.of(
                    "verdict", peers + (peers == 1 ? " peer" : " peers"), METRIC, ours, "hash map", theirs);
        }
    }

    private static double nanos(BpfProgram program) {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        int returned = program.testRun(TestRun.of(PACKET).repeated(REPEAT)).returned();
        long after = threads.getCurrentThreadCpuTime();
        assertThat(returned).as("%s allows the packet", program).isEqualTo(ALLOWED);
        return (double) (after - before) / REPEAT;
    }

    private static BpfObject load(String name, int peers) throws IOException {
        byte[] count = ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(peers)
                .array();
        byte[] elf = Files.readAllBytes(OBJECTS.resolve(name + ".bpf.o"));
        return ObjectFile.of(name, elf).constant("bench_peers", count).load();
    }

    /** A TCP SYN from 10.64.255.254:40000 to 10.64.0.1:8080. */
    private static byte[] packet() {
        String ethernet = "020000000002020000000001" + "0800";
        String ipv4 = "4500002800004000400600000a40fffe0a400001";
        String tcp =
                "9c40" + HexFormat.of().toHexDigits((short) VerdictTables.PORT) + "00000001000000005002ffff00000000";
        return HexFormat.of().parseHex(ethernet + ipv4 + tcp);
    }
}
