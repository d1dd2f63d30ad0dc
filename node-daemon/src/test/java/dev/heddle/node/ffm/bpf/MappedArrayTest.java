package dev.heddle.node.ffm.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ShortBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bpf")
class MappedArrayTest {
    private static final int ELEMENT = 20;
    private static final byte[] PACKET = new byte[64];

    private final BpfMap map = BpfMap.create(MapSpec.mappedArray("mapped", ELEMENT, 3));
    private final MappedArray array = MappedArray.of(map);

    @AfterEach
    void close() {
        array.close();
        map.close();
    }

    @Test
    void aProgramSeesAStoreAtOnce() {
        // The verifier admits a direct address only into an array of one element.
        try (BpfMap single = BpfMap.create(MapSpec.mappedArray("single", ELEMENT, 1));
                MappedArray words = MappedArray.of(single);
                BpfProgram program = BpfProgram.load(
                        "reads", ProgramType.SCHED_CLS, AttachType.OTHER, Instructions.returningValueOf(single, 16))) {
            words.setInt(0, 16, 1234);
            assertThat(program.testRun(TestRun.of(PACKET)).returned()).isEqualTo(1234);
            words.setIntRelease(0, 16, 4321);
            assertThat(program.testRun(TestRun.of(PACKET)).returned()).isEqualTo(4321);
        }
    }

    @Test
    void bulkCopiesLandWhereTheyShould() {
        array.write(2, 4, new int[] {9, 1, 2, 3}, 1, 3);
        array.write(2, 16, ShortBuffer.wrap(new short[] {7, 8}));
        array.write(2, 0, new byte[] {5, 6}, 0, 2);
        assertThat(array.getInt(2, 4)).isEqualTo(1);
        assertThat(array.getInt(2, 12)).isEqualTo(3);
        assertThat(array.getShort(2, 18)).isEqualTo((short) 8);
        assertThat(array.getByte(2, 1)).isEqualTo((byte) 6);
        assertThat(array.read(2, 0, 2)).containsExactly(5, 6);
        array.fill(2, 0, ELEMENT, (byte) -1);
        assertThat(array.getLong(2, 8)).isEqualTo(-1);
        assertThat(array.getInt(1, 16)).isZero();
    }

    @Test
    void nothingIsWrittenOutsideAnElement() {
        assertThatThrownBy(() -> array.setInt(3, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.setInt(0, ELEMENT - 3, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.write(0, 0, new int[6], 0, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.setInt(0, -1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void outlivesTheMapsDescriptorButNotItself() {
        map.close();
        array.setLong(0, 0, 5);
        assertThat(array.getLongAcquire(0, 0)).isEqualTo(5);
        MappedArray second;
        try (BpfMap other = BpfMap.create(MapSpec.mappedArray("closed", ELEMENT, 1))) {
            second = MappedArray.of(other);
        }
        second.close();
        assertThatThrownBy(() -> second.getLong(0, 0)).isInstanceOf(IllegalStateException.class);
    }
}
