package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.CounterLayout;
import dev.heddle.node.ffm.layout.DropReason;
import dev.heddle.node.ffm.layout.EventTokensLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The programs' counters, summed over all CPUs. */
public final class Counters {

    private final BpfMap counters;
    private final BpfMap tokens;

    /**
     * One counter.
     *
     * @param direction {@code ingress} or {@code egress}, as the pod sees it
     * @param reason why packets were dropped; {@code passed} if they were not
     */
    public record Count(String direction, String reason, long packets, long bytes) {}

    /**
     * Records that were never written.
     *
     * @param verdict of the packets: {@code dropped}, or {@code allowed} of those that begin a flow
     * @param limited because there were too many in one second
     * @param full because the ring was full
     */
    public record Lost(String verdict, long limited, long full) {}

    Counters(Pinned pinned) {
        counters = pinned.map(KernelMap.COUNTERS);
        tokens = pinned.map(KernelMap.EVENT_TOKENS);
    }

    /** Every counter, those that are zero too. */
    public List<Count> read() {
        List<Count> counts = new ArrayList<>();
        DropReason[] reasons = DropReason.values();
        for (int direction = 0; direction < Abi.DIRECTIONS; direction++) {
            for (int reason = 0; reason < reasons.length; reason++) {
                int index = direction * reasons.length + reason;
                byte[] perCpu = counters.lookup(SlotTable.nativeInt(index)).orElse(new byte[0]);
                counts.add(new Count(
                        direction == Abi.INGRESS ? "ingress" : "egress",
                        reason == 0 ? "passed" : reasons[reason].name().toLowerCase(Locale.ROOT),
                        sum(perCpu, CounterLayout.SIZE, CounterLayout.PACKETS),
                        sum(perCpu, CounterLayout.SIZE, CounterLayout.BYTES)));
            }
        }
        return counts;
    }

    /** Of each verdict, since the tables were made. */
    public List<Lost> lost() {
        return List.of(lost("dropped", Abi.VERDICT_DROPPED), lost("allowed", Abi.VERDICT_ALLOWED));
    }

    private Lost lost(String verdict, int index) {
        byte[] perCpu = tokens.lookup(SlotTable.nativeInt(index)).orElse(new byte[0]);
        return new Lost(
                verdict,
                sum(perCpu, EventTokensLayout.SIZE, EventTokensLayout.LIMITED),
                sum(perCpu, EventTokensLayout.SIZE, EventTokensLayout.LOST));
    }

    /** Of one field, over the values of all CPUs. */
    private static long sum(byte[] perCpu, long size, long field) {
        ByteBuffer values = ByteBuffer.wrap(perCpu).order(ByteOrder.nativeOrder());
        long sum = 0;
        for (int at = 0; at < perCpu.length; at += (int) size) {
            sum += values.getLong(at + (int) field);
        }
        return sum;
    }
}
