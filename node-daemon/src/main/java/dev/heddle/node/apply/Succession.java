package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.ControlLayout;
import dev.heddle.node.kernel.DeviceLink;
import dev.heddle.node.kernel.LinkState;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a daemon takes over from one whose tables are laid out in another way, and cannot be read. The flows are shared, and
 * they name the revision that judged them and the incarnation of their endpoint; packets under way are stamped with
 * revisions too. So no revision may come twice, and an endpoint stays who it was.
 */
final class Succession {

    private static final int PER_SECOND = 32;
    private static final long NANOS = 1_000_000_000 / PER_SECOND;

    private final Pinned pinned;
    private final Set<Integer> devices;

    /** @param links that are pinned; one that is not severed is on the very device that it was attached to */
    Succession(Pinned pinned, Map<DeviceLink, LinkState> links) {
        this.pinned = pinned;
        devices = links.entrySet().stream()
                .filter(link -> link.getValue() != LinkState.SEVERED)
                .map(link -> link.getKey().ifindex())
                .collect(Collectors.toSet());
    }

    /**
     * Counts revisions on from a number that none had yet: {@value #PER_SECOND} a second since boot, which is ahead of every
     * daemon that did not make as many revisions all its life and began more than two of them ago. The live half stays live.
     */
    void revision(MappedArray control) {
        int known = control.getIntAcquire(0, ControlLayout.EPOCH);
        int past = ((sinceBoot() & ~1) + 2) | (known & 1);
        if (Integer.compareUnsigned(past, known) > 0) {
            control.setIntRelease(0, ControlLayout.EPOCH, past);
        }
    }

    private static int sinceBoot() {
        return (int) (System.nanoTime() / NANOS);
    }

    /** The newest incarnation of each device that is still there, by its flows. */
    Map<Integer, Integer> incarnations() {
        Map<Integer, Integer> newest = new HashMap<>();
        for (FlowTables.Table table : new FlowTables(pinned).all()) {
            table.map().batch().scan(ConntrackSweep.CHUNK, (key, value) -> {
                FlowEntry entry = FlowEntry.of(value);
                if (devices.contains(entry.ifindex())) {
                    newest.merge(
                            entry.ifindex(), entry.incarnation(), (a, b) -> Integer.compareUnsigned(a, b) > 0 ? a : b);
                }
            });
        }
        return newest;
    }
}
