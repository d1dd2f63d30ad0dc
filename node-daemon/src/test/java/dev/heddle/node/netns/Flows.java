package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Ct4KeyLayout;
import dev.heddle.node.ffm.layout.CtEntryLayout;
import dev.heddle.node.ffm.layout.EndpointUsageLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Ipv4;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The flow table of a running daemon, and what is charged for it. */
final class Flows implements AutoCloseable {

    /** Of one endpoint, as in {@code config.h}. */
    static final int BUDGET = 16_384;

    private final BpfMap table = TestPins.map(KernelMap.CONNTRACK4);
    private final BpfMap usageMap = TestPins.map(KernelMap.ENDPOINT_USAGE);
    private final MappedArray usage = MappedArray.of(usageMap);

    void forget() {
        assertThat(keys()).as("flows that are known").isNotEmpty();
        keys().forEach(table::delete);
    }

    int count() {
        return keys().size();
    }

    /** The entry of the one flow that this pod has. */
    byte[] of(TwoPods.Pod pod) {
        return table.lookup(key(pod)).orElseThrow();
    }

    void put(TwoPods.Pod pod, byte[] entry) {
        table.put(key(pod), entry);
    }

    static Duration age(byte[] entry) {
        return Duration.ofNanos(System.nanoTime() - view(entry).getLong((int) CtEntryLayout.LAST_SEEN_NS));
    }

    /** The same entry, last seen so long ago. */
    static byte[] aged(byte[] entry, Duration age) {
        byte[] aged = entry.clone();
        view(aged).putLong((int) CtEntryLayout.LAST_SEEN_NS, System.nanoTime() - age.toNanos());
        return aged;
    }

    /** What it says besides when it was last seen. */
    static byte[] timeless(byte[] entry) {
        byte[] timeless = entry.clone();
        view(timeless).putLong((int) CtEntryLayout.LAST_SEEN_NS, 0);
        return timeless;
    }

    int charged(TwoPods.Pod pod) {
        return usage.getInt(pod.ifindex() & 0xffff, EndpointUsageLayout.CONNTRACK_ENTRIES);
    }

    void charge(TwoPods.Pod pod, int entries) {
        usage.setInt(pod.ifindex() & 0xffff, EndpointUsageLayout.CONNTRACK_ENTRIES, entries);
    }

    private byte[] key(TwoPods.Pod pod) {
        byte[] local =
                ByteBuffer.allocate(4).putInt(Ipv4.parse(pod.address()).bits()).array();
        List<byte[]> found = keys().stream()
                .filter(key -> Arrays.equals(key, (int) Ct4KeyLayout.LOCAL, 4, local, 0, 4))
                .toList();
        assertThat(found).as("flows of %s", pod).hasSize(1);
        return found.getFirst();
    }

    private List<byte[]> keys() {
        List<byte[]> keys = new ArrayList<>();
        for (var key = table.nextKey(null); key.isPresent(); key = table.nextKey(key.get())) {
            keys.add(key.get());
        }
        return keys;
    }

    private static ByteBuffer view(byte[] entry) {
        return ByteBuffer.wrap(entry).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        usage.close();
        usageMap.close();
        table.close();
    }
}
