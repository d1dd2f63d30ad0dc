package dev.heddle.operator.scale;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long it takes from a change of a namespace's policies until the last node that must know it was told. */
final class Latencies {

    private volatile @Nullable Waiting waiting;

    /** The change that is waited for; one at a time. */
    private static final class Waiting {
        private final String namespace;
        private final @Nullable String before;
        private final Set<String> nodes = ConcurrentHashMap.newKeySet();
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile long last;

        Waiting(String namespace, @Nullable String before, Set<String> nodes) {
            this.namespace = namespace;
            this.before = before;
            this.nodes.addAll(nodes);
        }
    }

    /** A node was told these sets, at this {@link System#nanoTime}. */
    void told(String node, Map<String, String> sets, long at) {
        Waiting now = waiting;
        if (now == null) {
            return;
        }
        String set = sets.get(now.namespace);
        // A node without such pods any more drops the entry instead of changing it.
        if (!Objects.equals(set, now.before) && now.nodes.remove(node) && now.nodes.isEmpty()) {
            now.last = at;
            now.done.countDown();
        }
    }

    /**
     * Makes the change, and waits.
     *
     * @param before the set that all the nodes were told last
     * @return from just before the change is asked for until the watch brings the last node's new NodeState; all of the
     *     patience when it does not
     */
    Duration of(String namespace, @Nullable String before, Set<String> nodes, Duration patience, Runnable change)
            throws InterruptedException {
        Waiting now = new Waiting(namespace, before, nodes);
        waiting = now;
        long began = System.nanoTime();
        change.run();
        if (!now.done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            System.out.printf(
                    "scale: %d of %d nodes were not told of %s's change: %s%n",
                    now.nodes.size(), nodes.size(), namespace, now.nodes);
            waiting = null;
            return patience;
        }
        waiting = null;
        return Duration.ofNanos(now.last - began);
    }
}
