package dev.heddle.node.ffm.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.node.ffm.bpf.AttachType;
import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.BpfProgram;
import dev.heddle.node.ffm.bpf.Instructions;
import dev.heddle.node.ffm.bpf.MapSpec;
import dev.heddle.node.ffm.bpf.ProgramType;
import dev.heddle.node.ffm.bpf.TestRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bpf")
class RingReaderTest {
    private static final int RING = 4096;
    /** A header of 8 bytes and 8 bytes of data each; the kernel leaves the last place free. */
    private static final int ROOM = RING / 16 - 1;

    private static final TestRun ONCE = TestRun.of(new byte[64]);

    @Test
    void recordsArriveWholeAndInOrderRoundAfterRound() {
        try (BpfMap ring = BpfMap.create(MapSpec.ring("ring", RING));
                RingReader reader = RingReader.of(ring)) {
            List<Integer> seen = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                write(ring, round * 100, 100);
                assertThat(reader.backlog()).isEqualTo(1600);
                assertThat(reader.drain(record -> {
                            assertThat(record.length()).isEqualTo(8);
                            assertThat(record.getInt(4)).isEqualTo(record.getInt(0) + 1);
                            seen.add(record.getInt(0));
                        }))
                        .isEqualTo(100);
                assertThat(reader.drain(record -> {})).isZero();
            }
            assertThat(seen).hasSize(1000).isSubsetOf(0, 100, 200, 300, 400, 500, 600, 700, 800, 900);
        }
    }

    @Test
    void aFullRingKeepsTheOldest() {
        try (BpfMap ring = BpfMap.create(MapSpec.ring("full", RING));
                RingReader reader = RingReader.of(ring)) {
            write(ring, 1, 2 * ROOM);
            assertThat(reader.drain(record -> {})).isBetween(ROOM, ROOM + 1);
        }
    }

    @Test
    void aFailingHandlerLosesOneRecord() {
        try (BpfMap ring = BpfMap.create(MapSpec.ring("fails", RING));
                RingReader reader = RingReader.of(ring)) {
            write(ring, 1, 3);
            assertThatThrownBy(() -> reader.drain(record -> record.getInt(8)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(reader.drain(record -> {})).isEqualTo(2);
        }
    }

    private static void write(BpfMap ring, int word, int times) {
        try (BpfProgram program = BpfProgram.load(
                "writes", ProgramType.SCHED_CLS, AttachType.OTHER, Instructions.writingTo(ring, word))) {
            assertThat(program.testRun(ONCE.repeated(times)).returned()).isZero();
        }
    }
}
