package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.layout.Ct4KeyLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Deletes flows that ended or whose endpoint is gone, and counts each endpoint's anew: the programs count up only, and
 * not exactly. An entry kept too long is harmless, because programs look at its age themselves.
 */
public final class ConntrackSweep {

    private static final int CHUNK = 4096;

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
        // Nobody seeds a flow meanwhile that is about to be deleted.
        synchronized (flows) {
            return sweepAlone();
        }
    }

    private Swept sweepAlone() {
        long now = System.nanoTime(); // CLOCK_MONOTONIC, as the programs' time
        ByteArrayOutputStream old = new ByteArrayOutputStream();
        Map<Integer, Integer> kept = new HashMap<>();
        flows.batch().scan(CHUNK, (key, value) -> {
            FlowEntry entry = FlowEntry.of(value);
            int protocol = key.get((int) Ct4KeyLayout.PROTOCOL) & 0xff;
            boolean own = slots.incarnation(entry.ifindex()) == entry.incarnation();
            if (own && entry.left(protocol, now) > 0) {
                kept.merge(entry.ifindex(), 1, Integer::sum);
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
}
