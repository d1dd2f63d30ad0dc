package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.CounterLayout;
import dev.heddle.node.ffm.layout.DropReason;
import dev.heddle.node.ffm.layout.KernelMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The programs' counters, summed over all CPUs. */
public final class Counters {

    private final BpfMap counters;

    /**
     * One counter.
     *
     * @param direction {@code ingress} or {@code egress}, as the pod sees it
     * @param reason why packets were dropped; {@code passed} if they were not
     */
    public record Count(String direction, String reason, long packets, long bytes) {}

    Counters(Pinned pinned) {
        counters = pinned.map(KernelMap.COUNTERS);
    }

    /** Every counter, those that are zero too. */
    public List<Count> read() {
        List<Count> counts = new ArrayList<>();
        DropReason[] reasons = DropReason.values();
        for (int direction = 0; direction < Abi.DIRECTIONS; direction++) {
            for (int reason = 0; reason < reasons.length; reason++) {
                int index = direction * reasons.length + reason;
                long[] sums = counters.lookup(SlotTable.nativeInt(index))
                        .map(Counters::sum)
                        .orElse(new long[2]);
                counts.add(new Count(
                        direction == Abi.INGRESS ? "ingress" : "egress",
                        reason == 0 ? "passed" : reasons[reason].name().toLowerCase(Locale.ROOT),
                        sums[0],
                        sums[1]));
            }
        }
        return counts;
    }

    private static long[] sum(byte[] perCpu) {
        ByteBuffer values = ByteBuffer.wrap(perCpu).order(ByteOrder.nativeOrder());
        long[] sums = new long[2];
        for (int at = 0; at < perCpu.length; at += (int) CounterLayout.SIZE) {
            sums[0] += values.getLong(at + (int) CounterLayout.PACKETS);
            sums[1] += values.getLong(at + (int) CounterLayout.BYTES);
        }
        return sums;
    }
}
