package dev.heddle.node.bench;

import dev.heddle.bench.Comparison;
import dev.heddle.bench.Report;
import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.GracePeriod;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.ControlLayout;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The two ways to flip from one image to the next (docs/adr/0001): two halves and an epoch word, or a map of maps whose
 * slot holds the live image. What each costs a packet, how long the flip takes, and how long until the old image's
 * memory may be written again.
 */
@Tag("bench")
class FlipBench {
    private static final String BASELINE = "map of maps";
    private static final int ROUNDS = 21;
    private static final int WARM_UP = 2;
    private static final int COMPILED = 50_000;

    @Test
    void flip() throws IOException {
        List<Comparison> cases = Stream.concat(Stream.of(packets(1), packets(50_000)), flips().stream())
                .toList();
        Report.publish("flip", "unit in the case's name", BASELINE, cases);
    }

    private static Comparison packets(int peers) throws IOException {
        try (BenchProgram none = BenchProgram.load("verdict_none", peers);
                BenchProgram classes = BenchProgram.load("verdict_classes", peers);
                BenchProgram slots = BenchProgram.load("verdict_slots", peers)) {
            VerdictTables.fillClasses(classes.object(), peers);
            VerdictTables.fillSlots(slots.object(), peers);
            double[][] nanos = BenchProgram.above(none, classes, slots);
            return Comparison.of(
                    "flip",
                    "ns/packet, " + peers + (peers == 1 ? " peer" : " peers"),
                    "ns/packet above parsing",
                    nanos[0],
                    BASELINE,
                    nanos[1]);
        }
    }

    private static List<Comparison> flips() throws IOException {
        try (BenchProgram classes = BenchProgram.load("verdict_classes", 1);
                BenchProgram slots = BenchProgram.load("verdict_slots", 1);
                MappedArray control = MappedArray.of(classes.object().map("control"));
                GracePeriod grace = GracePeriod.open()) {
            VerdictTables.fillClasses(classes.object(), 1);
            VerdictTables.fillSlots(slots.object(), 1);
            BpfMap live = slots.object().map("bench_live");
            BpfMap[] images = {
                slots.object().map("bench_image_a"), slots.object().map("bench_image_b")
            };
            for (int epoch = 0; epoch < COMPILED; epoch++) { // the store itself is measured, not its first uses
                control.setIntRelease(0, ControlLayout.EPOCH, epoch);
            }
            double[] store = new double[ROUNDS];
            double[] reuse = new double[ROUNDS];
            double[] update = new double[ROUNDS];
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                int epoch = round + WARM_UP + 1;
                long start = System.nanoTime();
                control.setIntRelease(0, ControlLayout.EPOCH, epoch);
                long flipped = System.nanoTime();
                grace.await();
                long reusable = System.nanoTime();
                live.put(
                        BenchObject.number(0),
                        BenchObject.number(images[epoch & 1].fd().number()));
                long updated = System.nanoTime();
                classes.nanos();
                slots.nanos();
                if (round >= 0) {
                    store[round] = (flipped - start) / 1e3;
                    reuse[round] = (reusable - start) / 1e3;
                    update[round] = (updated - reusable) / 1e3;
                }
            }
            return List.of(
                    Comparison.of("flip", "us/flip", "us/flip", store, BASELINE, update),
                    Comparison.of(
                            "flip",
                            "us until reuse",
                            "us until the old image may be written",
                            reuse,
                            BASELINE,
                            update));
        }
    }
}
