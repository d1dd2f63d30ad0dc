package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.Ct4KeyLayout;
import dev.heddle.node.ffm.layout.CtEntryLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Deletes flows that ended or whose endpoint is gone, and counts each endpoint's anew: the programs count up only, and
 * not exactly. Times are those of {@code config.h}; an entry kept too long is harmless, because programs look at its
 * age themselves.
 */
public final class ConntrackSweep {

    private static final int CHUNK = 4096;
    private static final long SECOND = 1_000_000_000L;
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final BpfMap flows;
    private final SlotTable slots;

    /**
     * What a pass found.
     *
     * @param kept flows that are left, by device
     */
    public record Swept(int deleted, Map<Integer, Integer> kept) {}

    ConntrackSweep(Pinned pinned, SlotTable slots) {
        flows = pinned.map(KernelMap.CONNTRACK4);
        this.slots = slots;
    }

    /** One pass over all flows. */
    public Swept sweep() {
        long now = System.nanoTime(); // CLOCK_MONOTONIC, as the programs' time
        ByteArrayOutputStream old = new ByteArrayOutputStream();
        Map<Integer, Integer> kept = new HashMap<>();
        flows.batch().scan(CHUNK, (key, value) -> {
            int ifindex = value.getInt((int) CtEntryLayout.IFINDEX);
            boolean own = slots.incarnation(ifindex) == value.getInt((int) CtEntryLayout.INCARNATION);
            if (own && now - value.getLong((int) CtEntryLayout.LAST_SEEN_NS) < lifetime(key, value)) {
                kept.merge(ifindex, 1, Integer::sum);
            } else {
                byte[] copy = new byte[key.remaining()];
                key.get(key.position(), copy);
                old.writeBytes(copy);
            }
        });
        flows.batch().delete(old.toByteArray());
        slots.usage(kept);
        return new Swept(old.size() / (int) Ct4KeyLayout.SIZE, Map.copyOf(kept));
    }

    private static long lifetime(ByteBuffer key, ByteBuffer value) {
        int protocol = key.get((int) Ct4KeyLayout.PROTOCOL) & 0xff;
        int state = value.get((int) CtEntryLayout.STATE);
        if (protocol == TCP) {
            return switch (state) {
                case Abi.CT_NEW -> 120 * SECOND;
                case Abi.CT_CLOSING -> 60 * SECOND;
                default -> 6 * 3600 * SECOND;
            };
        }
        return (protocol == UDP ? 180 : 30) * SECOND;
    }
}
