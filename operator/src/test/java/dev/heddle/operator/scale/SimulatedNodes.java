package dev.heddle.operator.scale;

import dev.heddle.crds.EndpointClaim;
import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeEndpointsStatus;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateSpec.NamespaceSet;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.NodeStateStatus.LiveSet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What all nodes' daemons say, without their kernels: one watch of all NodeStates, each node's status a moment after it was
 * told something, and the claims of the pods' addresses at once. Writes as daemons do, by server-side apply.
 */
final class SimulatedNodes implements AutoCloseable {

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("heddle-node")
            .withForce(true)
            .withFieldValidation("Ignore") // the schemas are made of the same records
            .build();

    /** As a daemon's Publisher waits for more to say. */
    private static final Duration STATUS_DELAY = Duration.ofMillis(200);

    private final KubernetesClient client;
    private final Writers writers;
    private final Latencies latencies;
    private final Map<String, OneNode> nodes = new ConcurrentHashMap<>();
    private final Watch watch;
    private volatile @Nullable Throwable ended;

    /** What one node was told, and what it claims. */
    private static final class OneNode {
        private volatile Map<String, String> told = Map.of();
        private volatile @Nullable NodeState newest;
        private final AtomicBoolean statusIsDue = new AtomicBoolean();
        private long acknowledged;
        private final Map<String, EndpointClaim> claims = new TreeMap<>();
    }

    SimulatedNodes(KubernetesClient client, Writers writers, Latencies latencies) {
        this.client = client;
        this.writers = writers;
        this.latencies = latencies;
        this.watch = client.resources(NodeState.class).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, NodeState state) {
                if (action == Action.ADDED || action == Action.MODIFIED) {
                    seen(state, System.nanoTime());
                }
            }

            @Override
            public void onClose(@Nullable WatcherException why) {
                ended = why;
            }
        });
    }

    private OneNode node(String name) {
        return nodes.computeIfAbsent(name, key -> new OneNode());
    }

    private void seen(NodeState state, long at) {
        String name = state.getMetadata().getName();
        OneNode node = node(name);
        NodeState before = node.newest;
        if (before != null
                && before.getMetadata()
                        .getGeneration()
                        .equals(state.getMetadata().getGeneration())) {
            return; // our own acknowledgement
        }
        node.newest = state;
        node.told =
                state.getSpec().sets().stream().collect(Collectors.toMap(NamespaceSet::namespace, NamespaceSet::set));
        latencies.told(name, node.told, at);
        if (node.statusIsDue.compareAndSet(false, true)) {
            writers.startAfter(STATUS_DELAY, () -> acknowledge(node));
        }
    }

    private void acknowledge(OneNode node) {
        node.statusIsDue.set(false);
        synchronized (node) {
            NodeState newest = node.newest;
            if (newest == null || node.acknowledged >= newest.getMetadata().getGeneration()) {
                return;
            }
            long generation = newest.getMetadata().getGeneration();
            List<LiveSet> live = newest.getSpec().sets().stream()
                    .map(set -> new LiveSet(set.namespace(), set.set()))
                    .toList();
            NodeState status = named(new NodeState(), newest.getMetadata().getName());
            status.setStatus(new NodeStateStatus(
                    generation, generation, live, node.claims.size(), List.of(), List.of(), List.of()));
            client.resource(status).subresource("status").patch(APPLY);
            node.acknowledged = generation;
        }
    }

    /** Claims the pod's address on its node, or no longer. */
    void claim(SimulatedPod pod, boolean present) {
        OneNode node = node(Population.node(pod.node()));
        synchronized (node) {
            if (present) {
                node.claims.put(
                        pod.address(),
                        new EndpointClaim(
                                pod.address(),
                                Population.identity(pod.namespace(), pod.app()).hash(),
                                "uid-" + pod.name()));
            } else {
                node.claims.remove(pod.address());
            }
        }
    }

    /** Writes what the node claims. */
    void publish(int number) {
        String name = Population.node(number);
        OneNode node = node(name);
        synchronized (node) {
            NodeEndpoints endpoints = named(new NodeEndpoints(), name);
            endpoints.setStatus(NodeEndpointsStatus.of(List.copyOf(node.claims.values())));
            client.resource(endpoints).subresource("status").patch(APPLY);
        }
    }

    /** The set that the node was told for the namespace; null: none yet. */
    @Nullable
    String told(int number, String namespace) {
        Throwable why = ended;
        if (why != null) {
            throw new IllegalStateException("the watch of NodeStates ended", why);
        }
        return node(Population.node(number)).told.get(namespace);
    }

    private static <R extends HasMetadata> R named(R object, String name) {
        object.setMetadata(new ObjectMetaBuilder().withName(name).build());
        return object;
    }

    @Override
    public void close() {
        watch.close();
    }
}
