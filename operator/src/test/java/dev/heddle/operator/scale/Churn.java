package dev.heddle.operator.scale;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** The pods there are, and how they come and go: a node and a namespace of the cluster's, drawn with a fixed seed. */
final class Churn {

    private final Scale scale;
    private final KubernetesClient client;
    private final Writers writers;
    private final SimulatedNodes nodes;
    private final Random random = new Random(1);
    private final List<SimulatedPod> pods = new ArrayList<>();
    private final Map<String, List<Integer>> nodesOf = new HashMap<>();
    private int made;
    private int changes;

    Churn(Scale scale, KubernetesClient client, Writers writers, SimulatedNodes nodes) {
        this.scale = scale;
        this.client = client;
        this.writers = writers;
        this.nodes = nodes;
    }

    /** Makes all pods, without a daemon's claims. */
    void fill() throws Exception {
        List<SimulatedPod> first = new ArrayList<>();
        for (int i = 0; i < scale.pods(); i++) {
            SimulatedPod pod = draw();
            keep(pod);
            first.add(pod);
        }
        writers.each(first.size(), i -> {
            client.resource(Population.pod(first.get(i))).create();
            nodes.claim(first.get(i), true);
        });
        writers.each(scale.nodes(), nodes::follow);
    }

    /** Nodes that have pods of the namespace now. */
    synchronized Set<Integer> nodesOf(String namespace) {
        return new HashSet<>(nodesOf.getOrDefault(namespace, List.of()));
    }

    /** Namespaces that have pods on the node now. */
    synchronized List<String> namespacesOf(int node) {
        return nodesOf.entrySet().stream()
                .filter(namespace -> namespace.getValue().contains(node))
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized int changes() {
        return changes;
    }

    /** Changes pods at the scale's rate until it is interrupted or the time is over. */
    void run(Duration howLong) {
        long interval =
                Duration.ofSeconds(1).dividedBy(scale.changesPerSecond()).toNanos();
        long next = System.nanoTime();
        long end = next + howLong.toNanos();
        for (int i = 0; next < end && !Thread.currentThread().isInterrupted(); i++) {
            LockSupport.parkNanos(next - System.nanoTime());
            boolean comes = i % 2 == 0;
            SimulatedPod pod = comes ? draw() : take();
            writers.start(() -> change(pod, comes));
            next += interval;
        }
    }

    private void change(SimulatedPod pod, boolean comes) {
        if (comes) {
            Pod created = client.resource(Population.pod(pod)).create();
            created.setStatus(new PodStatusBuilder()
                    .withPhase("Running")
                    .withPodIP(pod.address())
                    .build());
            client.resource(created).patchStatus();
            keep(pod);
        } else {
            client.pods()
                    .inNamespace(pod.namespace())
                    .withName(pod.name())
                    .withGracePeriod(0)
                    .delete();
        }
        nodes.claim(pod, comes);
        nodes.publish(pod.node());
        nodes.follow(pod.node());
        synchronized (this) {
            changes++;
        }
    }

    private synchronized SimulatedPod draw() {
        int number = made++;
        int node = random.nextInt(scale.nodes());
        String app = Population.app(number / scale.namespaces());
        return new SimulatedPod(
                Population.namespace(number % scale.namespaces()),
                app + "-" + number,
                app,
                node,
                Population.address(node, number));
    }

    private synchronized void keep(SimulatedPod pod) {
        pods.add(pod);
        nodesOf.computeIfAbsent(pod.namespace(), key -> new ArrayList<>()).add(pod.node());
    }

    private synchronized SimulatedPod take() {
        int last = pods.size() - 1;
        int index = random.nextInt(pods.size());
        SimulatedPod pod = pods.get(index);
        pods.set(index, pods.get(last));
        pods.remove(last);
        nodesOf.getOrDefault(pod.namespace(), new ArrayList<>()).remove((Object) pod.node());
        return pod;
    }
}
