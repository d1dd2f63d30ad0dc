package dev.heddle.node.apply;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Deletes flows that ended or whose endpoint is gone, and counts each endpoint's anew: the programs count up only, and
 * not exactly. An entry kept too long is harmless, because programs look at its age themselves.
 */
public final class ConntrackSweep {

    /** Entries read by one system call. */
    static final int CHUNK = 4096;

    private final FlowTables flows;
    private final SlotTable slots;

    /**
     * What a pass found.
     *
     * @param kept flows that are left, by device
     */
    public record Swept(int deleted, Map<Integer, Integer> kept) {}

    ConntrackSweep(Pinned pinned, SlotTable slots) {
        flows = new FlowTables(pinned);
        this.slots = slots;
    }

    /** One pass over all flows. */
    public Swept sweep() {
        // Nobody seeds a flow meanwhile that is about to be deleted.
        synchronized (flows.lock()) {
            return sweepAlone();
        }
    }

    private Swept sweepAlone() {
        long now = System.nanoTime(); // CLOCK_MONOTONIC, as the programs' time
        Map<Integer, Integer> kept = new HashMap<>();
        int deleted = 0;
        for (FlowTables.Table table : flows.all()) {
            deleted += sweep(table, now, kept);
        }
        slots.usage(kept);
        return new Swept(deleted, Map.copyOf(kept));
    }

    /** Returns how many flows were deleted, and adds those of each device that are kept. */
    private int sweep(FlowTables.Table table, long now, Map<Integer, Integer> kept) {
        ByteArrayOutputStream old = new ByteArrayOutputStream();
        table.map().batch().scan(CHUNK, (key, value) -> {
            FlowEntry entry = FlowEntry.of(value);
            int protocol = key.get(table.protocolAt()) & 0xff;
            boolean own = slots.incarnation(entry.ifindex()) == entry.incarnation();
            if (own && entry.left(protocol, now) > 0) {
                kept.merge(entry.ifindex(), 1, Integer::sum);
            } else {
                byte[] copy = new byte[key.remaining()];
                key.get(key.position(), copy);
                old.writeBytes(copy);
            }
        });
        table.map().batch().delete(old.toByteArray());
        return old.size() / table.map().spec().keySize();
    }
}
