package dev.heddle.policy.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Peer ids, stable across compiles: one number for each {@link PeerKey}. A ledger that its owner keeps and
 * passes to every compile; used by one thread at a time.
 *
 * <p>A number that no address has any more is given out again only after two more compiles, so that no live
 * or standby image ever sees one number stand for two peers.
 */
public final class PeerNumbering {

    /** Addresses outside the cluster that no named range covers. */
    public static final int WORLD = 0;
    /** This node. The program decides it; no address has it. */
    public static final int HOST = 1;
    /** Pod addresses without a known identity that no named range covers. */
    public static final int PENDING = 2;

    private final Map<PeerKey, Integer> ids = new HashMap<>();
    private final int limit;
    private final Queue<Integer> free = new ArrayDeque<>();
    private List<Integer> quarantined = new ArrayList<>();
    private List<Integer> resting = new ArrayList<>();
    private int next;
    private @Nullable List<@Nullable PeerKey> keys;

    /**
     * Starts an empty ledger.
     *
     * @param limit peer ids are below this
     */
    public PeerNumbering(int limit) {
        this.limit = limit;
        ids.put(new PeerKey(Who.WORLD, null), WORLD);
        ids.put(new PeerKey(Who.HOST, null), HOST);
        ids.put(new PeerKey(Who.PENDING, null), PENDING);
        next = PENDING + 1;
    }

    /** The number of this peer, given now if it has none; empty when all numbers are taken. */
    public OptionalInt number(PeerKey key) {
        Integer known = ids.get(key);
        if (known != null) {
            return OptionalInt.of(known);
        }
        Integer reused = free.poll();
        if (reused == null && next >= limit) {
            return OptionalInt.empty();
        }
        int id = reused != null ? reused : next++;
        ids.put(key, id);
        keys = null;
        return OptionalInt.of(id);
    }

    /** What each number stands for, by number; null for one that nobody has. The same object until a number changes. */
    public List<@Nullable PeerKey> keys() {
        List<@Nullable PeerKey> now = keys;
        if (now == null) {
            now = new ArrayList<>(next);
            for (int i = 0; i < next; i++) {
                now.add(null);
            }
            for (Map.Entry<PeerKey, Integer> entry : ids.entrySet()) {
                now.set(entry.getValue(), entry.getKey());
            }
            keys = now;
        }
        return now;
    }

    /** Above every number given out so far. */
    public int bound() {
        return next;
    }

    /** Takes back the numbers of all peers but these; called at the end of each compile. */
    void retain(Set<PeerKey> used) {
        List<Integer> dropped = new ArrayList<>();
        ids.entrySet().removeIf(entry -> {
            boolean gone = entry.getValue() > PENDING && !used.contains(entry.getKey());
            if (gone) {
                dropped.add(entry.getValue());
            }
            return gone;
        });
        free.addAll(resting);
        resting = quarantined;
        quarantined = dropped;
        keys = dropped.isEmpty() ? keys : null;
    }
}
