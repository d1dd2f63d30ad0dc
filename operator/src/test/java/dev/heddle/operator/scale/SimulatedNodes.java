package dev.heddle.operator.scale;

import dev.heddle.crds.Api;
import dev.heddle.crds.EndpointClaim;
import dev.heddle.crds.LiveHead;
import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeEndpointsStatus;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.StatusPatch;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What all nodes' daemons say and watch, without their kernels: each node has a watch of the heads of its own pods' namespaces,
 * and another when it gets a pod of one more; its status a moment after it was told something; and the claims of the pods'
 * addresses at once. Writes as daemons do.
 */
final class SimulatedNodes implements AutoCloseable {

    /** As a daemon's Publisher waits for more to say. */
    private static final Duration STATUS_DELAY = Duration.ofMillis(200);

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final Writers writers;
    private final Latencies latencies;
    private final HeadStreams streams;
    private final LongAdder reopened = new LongAdder();
    private final Map<Integer, OneNode> nodes = new ConcurrentHashMap<>();

    /** What a head said. */
    record Told(long sequence, String set) {}

    /** What one node was told, and what it claims. */
    private static final class OneNode {
        private final int number;
        private final Map<String, Told> told = new ConcurrentHashMap<>();
        private final AtomicBoolean statusIsDue = new AtomicBoolean();
        private final Map<String, EndpointClaim> claims = new TreeMap<>();
        private final Map<String, Integer> pods = new HashMap<>();
        private Set<String> watched = Set.of();
        private HeadStreams.@Nullable Selection selection;
        private boolean selecting;

        OneNode(int number) {
            this.number = number;
        }

        String name() {
            return Population.node(number);
        }

        Set<String> namespaces() {
            Set<String> namespaces = new HashSet<>(pods.keySet());
            namespaces.add(Api.CLUSTER_WIDE);
            return namespaces;
        }
    }

    SimulatedNodes(KubernetesClient client, Writers writers, Latencies latencies, int count) throws Exception {
        this.client = client;
        this.writers = writers;
        this.latencies = latencies;
        this.streams = new HeadStreams(client.getConfiguration(), count);
    }

    private OneNode node(int number) {
        return nodes.computeIfAbsent(number, OneNode::new);
    }

    /** Watches what it must, if it does not. One selection of a node is opened at a time. */
    void follow(int number) {
        OneNode node = node(number);
        Set<String> wanted;
        synchronized (node) {
            wanted = node.namespaces();
            boolean watching = node.selection != null && !node.selection.isOver();
            if (node.selecting || (watching && node.watched.containsAll(wanted))) {
                return;
            }
            node.selecting = true;
        }
        HeadStreams.Selection opened = streams.open(number, wanted, listener(node));
        HeadStreams.Selection before;
        Set<String> dropped;
        synchronized (node) {
            before = node.selection;
            dropped = new HashSet<>(node.watched);
            dropped.removeAll(wanted);
            node.selection = opened;
            node.watched = wanted;
            node.selecting = false;
        }
        if (before != null) {
            before.close();
        }
        for (String namespace : dropped) {
            node.told.remove(namespace);
            latencies.left(node.name(), namespace);
        }
        follow(number); // more may have come meanwhile
    }

    private HeadStreams.Listener listener(OneNode node) {
        return new HeadStreams.Listener() {
            @Override
            public void told(String namespace, long sequence, String set, long at) {
                seen(node, namespace, sequence, set, at);
            }

            @Override
            public void ended(HeadStreams.Selection selection) {
                reopened.increment();
                writers.start(() -> follow(node.number));
            }
        };
    }

    /** How many watches were ended by the API server, and opened again. */
    long reopened() {
        return reopened.sum();
    }

    private void seen(OneNode node, String namespace, long sequence, String set, long at) {
        Told now = node.told.merge(namespace, new Told(sequence, set), (a, b) -> a.sequence() >= b.sequence() ? a : b);
        latencies.told(node.name(), namespace, now.sequence(), at);
        if (node.statusIsDue.compareAndSet(false, true)) {
            writers.startAfter(STATUS_DELAY, () -> acknowledge(node));
        }
    }

    private void acknowledge(OneNode node) {
        node.statusIsDue.set(false);
        synchronized (node) {
            Map<String, Told> told = new TreeMap<>(node.told);
            long highest =
                    told.values().stream().mapToLong(Told::sequence).max().orElse(0);
            List<String> live = told.entrySet().stream()
                    .map(head -> new LiveHead(head.getKey(), head.getValue().sequence()).toString())
                    .toList();
            NodeStateStatus status = new NodeStateStatus(
                    1, highest, highest, highest, live, node.claims.size(), List.of(), List.of(), List.of());
            try {
                StatusPatch.write(client, NodeState.class, node.name(), status);
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                    throw e;
                }
                writers.startAfter(AGAIN, () -> acknowledge(node)); // the operator has not made it yet
                return;
            }
            long now = System.nanoTime();
            told.forEach((namespace, head) -> latencies.acknowledged(node.name(), namespace, head.sequence(), now));
        }
    }

    /** Claims the pod's address on its node, or no longer. */
    void claim(SimulatedPod pod, boolean present) {
        OneNode node = node(pod.node());
        synchronized (node) {
            if (present) {
                node.pods.merge(pod.namespace(), 1, Integer::sum);
                node.claims.put(
                        pod.address(),
                        new EndpointClaim(
                                pod.address(),
                                Population.identity(pod.namespace(), pod.app()).hash(),
                                "uid-" + pod.name()));
            } else {
                node.pods.computeIfPresent(pod.namespace(), (namespace, count) -> count == 1 ? null : count - 1);
                node.claims.remove(pod.address());
            }
        }
    }

    /** Writes what the node claims. */
    void publish(int number) {
        String name = Population.node(number);
        OneNode node = node(number);
        synchronized (node) {
            StatusPatch.write(
                    client, NodeEndpoints.class, name, NodeEndpointsStatus.of(List.copyOf(node.claims.values())));
        }
    }

    /** What the node was told of the namespace; null: nothing yet. */
    @Nullable
    Told told(int number, String namespace) {
        return node(number).told.get(namespace);
    }

    @Override
    public void close() {
        streams.close();
    }
}
