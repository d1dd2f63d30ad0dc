package dev.heddle.operator.scale;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How long it takes from a change of a namespace's policies until the last node that must know it was told, and has said so. */
final class Latencies {

    private volatile @Nullable Waiting waiting;

    /**
     * How long one change took, from just before it was asked for; all of the patience when it did not happen.
     *
     * @param accepted until the API server had taken it
     * @param heard until the watch of the first node brought what came of it
     * @param told until that of the last node did
     * @param acknowledged until the last node's NodeState says it
     */
    record Took(Duration accepted, Duration heard, Duration told, Duration acknowledged) {}

    /** Nodes that are waited for. */
    private static final class Last {
        private final Set<String> nodes = ConcurrentHashMap.newKeySet();
        private final CountDownLatch done = new CountDownLatch(1);
        private final AtomicLong first = new AtomicLong(Long.MAX_VALUE);
        private volatile long at;

        Last(Set<String> nodes) {
            this.nodes.addAll(nodes);
        }

        void has(String node, long now) {
            if (!nodes.contains(node)) {
                return;
            }
            first.accumulateAndGet(now, Math::min);
            if (nodes.remove(node) && nodes.isEmpty()) {
                at = now;
                done.countDown();
            }
        }

        Duration firstSince(long began, Duration patience) {
            long firstAt = first.get();
            return firstAt == Long.MAX_VALUE ? patience : Duration.ofNanos(firstAt - began);
        }

        Duration since(long began, Duration patience, String what) throws InterruptedException {
            if (done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return Duration.ofNanos(at - began);
            }
            System.out.printf("scale: %s: still waiting for %s%n", what, nodes);
            return patience;
        }
    }

    /** The change that is waited for; one at a time. */
    private record Waiting(String namespace, long before, Last told, Last acknowledged) {

        boolean isAfter(String ofNamespace, long sequence) {
            return namespace.equals(ofNamespace) && sequence > before;
        }
    }

    /** A node was told this sequence, at this {@link System#nanoTime}. */
    void told(String node, String namespace, long sequence, long at) {
        Waiting now = waiting;
        if (now != null && now.isAfter(namespace, sequence)) {
            now.told().has(node, at);
        }
    }

    /** A node's NodeState says this sequence. */
    void acknowledged(String node, String namespace, long sequence, long at) {
        Waiting now = waiting;
        if (now != null && now.isAfter(namespace, sequence)) {
            now.acknowledged().has(node, at);
        }
    }

    /** A node has no such pods any more: it need not be told. */
    void left(String node, String namespace) {
        long at = System.nanoTime();
        told(node, namespace, Long.MAX_VALUE, at);
        acknowledged(node, namespace, Long.MAX_VALUE, at);
    }

    /**
     * Makes the change, and waits.
     *
     * @param before the highest sequence that any of the nodes was told
     */
    Took of(String namespace, long before, Set<String> nodes, Duration patience, Runnable change)
            throws InterruptedException {
        Waiting now = new Waiting(namespace, before, new Last(nodes), new Last(nodes));
        waiting = now;
        long began = System.nanoTime();
        change.run();
        Duration accepted = Duration.ofNanos(System.nanoTime() - began);
        Duration told = now.told().since(began, patience, "told of " + namespace);
        Took took = new Took(
                accepted,
                now.told().firstSince(began, patience),
                told,
                now.acknowledged().since(began, patience, "acknowledged of " + namespace));
        waiting = null;
        return took;
    }
}
