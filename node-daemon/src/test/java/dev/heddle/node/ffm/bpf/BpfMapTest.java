package dev.heddle.node.ffm.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.node.ffm.BpfException;
import dev.heddle.node.ffm.sys.Errno;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bpf")
class BpfMapTest {
    private static final int ENTRIES = 3000;

    @Test
    void keepsWhatIsPut() {
        try (BpfMap map = BpfMap.create(MapSpec.hash("round_trip", 4, 8, 16))) {
            assertThat(map.lookup(key(1))).isEmpty();
            map.put(key(1), value(10));
            assertThat(map.putIfAbsent(key(1), value(11))).isFalse();
            assertThat(map.lookup(key(1))).contains(value(10));
            map.put(key(1), value(12));
            assertThat(map.lookup(key(1))).contains(value(12));
            assertThat(map.nextKey(null)).contains(key(1));
            assertThat(map.nextKey(key(1))).isEqualTo(Optional.empty());
            assertThat(map.delete(key(1))).isTrue();
            assertThat(map.delete(key(1))).isFalse();
        }
    }

    @Test
    void saysWhatItIs() {
        MapSpec spec = MapSpec.hash("spec", 4, 8, 16);
        try (BpfMap map = BpfMap.create(spec)) {
            assertThat(map.spec()).isEqualTo(spec);
            assertThat(map.id()).isPositive();
        }
    }

    @Test
    void aFullMapSaysSo() {
        try (BpfMap map = BpfMap.create(MapSpec.hash("full", 4, 8, 1))) {
            map.put(key(1), value(1));
            assertThatThrownBy(() -> map.put(key(2), value(2))).isInstanceOfSatisfying(BpfException.class, e -> {
                assertThat(e.errno()).isEqualTo(Errno.E2BIG);
                assertThat(e.object()).isEqualTo("map full");
                assertThat(e.advice()).contains("full");
            });
        }
    }

    @Test
    void aWrongSizeIsCaughtBeforeTheKernel() {
        try (BpfMap map = BpfMap.create(MapSpec.hash("sizes", 4, 8, 1))) {
            assertThatThrownBy(() -> map.put(new byte[3], value(1))).hasMessageContaining("4 bytes, not 3");
        }
    }

    @Test
    void batchesSeeAndDeleteEverything() {
        try (BpfMap map = BpfMap.create(MapSpec.hash("batches", 4, 8, 2 * ENTRIES))) {
            ByteArrayOutputStream keys = new ByteArrayOutputStream();
            ByteArrayOutputStream values = new ByteArrayOutputStream();
            Map<Integer, Long> expected = new HashMap<>();
            for (int i = 0; i < ENTRIES; i++) {
                keys.writeBytes(key(i));
                values.writeBytes(value(i * 7L));
                expected.put(i, i * 7L);
            }
            map.batch().put(keys.toByteArray(), values.toByteArray());
            assertThat(contents(map)).isEqualTo(expected);

            // One of them is gone already: the others still have to go.
            map.delete(key(5));
            map.batch().delete(keys.toByteArray());
            assertThat(contents(map)).isEmpty();
        }
    }

    private static Map<Integer, Long> contents(BpfMap map) {
        Map<Integer, Long> contents = new HashMap<>();
        map.batch().scan(16, (key, value) -> contents.put(key.getInt(0), value.getLong(0)));
        return contents;
    }

    @Test
    void perCpuValuesAreOneForEachCpu() {
        MapSpec spec = new MapSpec("per_cpu", MapType.PERCPU_ARRAY, 4, 4, 1, 0);
        try (BpfMap map = BpfMap.create(spec)) {
            assertThat(map.lookup(key(0)).orElseThrow()).hasSize(8 * PossibleCpus.COUNT);
        }
    }

    @Test
    void aGracePeriodPasses() {
        try (GracePeriod grace = GracePeriod.open()) {
            grace.await();
            grace.await();
        }
    }

    private static byte[] key(int key) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(key).array();
    }

    private static byte[] value(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putLong(value)
                .array();
    }
}
