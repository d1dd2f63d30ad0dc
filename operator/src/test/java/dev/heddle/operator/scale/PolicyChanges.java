package dev.heddle.operator.scale;

import static java.util.stream.Collectors.toSet;

import dev.heddle.operator.scale.Latencies.Took;
import dev.heddle.operator.scale.SimulatedNodes.Told;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** Creates a policy, changes it, deletes it, in a namespace drawn with a fixed seed, and again; takes each one's time. */
final class PolicyChanges {

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Beyond the numbers of the policies that are there. */
    private static final int NUMBER = 1_000_000;

    enum Kind {
        CREATE,
        CHANGE,
        DELETE
    }

    private final Scale scale;
    private final KubernetesClient client;
    private final Churn churn;
    private final SimulatedNodes nodes;
    private final Latencies latencies;
    private final Map<Kind, List<Took>> took = new EnumMap<>(Kind.class);

    PolicyChanges(Scale scale, KubernetesClient client, Churn churn, SimulatedNodes nodes, Latencies latencies) {
        this.scale = scale;
        this.client = client;
        this.churn = churn;
        this.nodes = nodes;
        this.latencies = latencies;
    }

    List<Took> took(Kind kind) {
        return took.getOrDefault(kind, List.of());
    }

    void run() throws InterruptedException {
        Random random = new Random(2);
        for (int i = 0; i < scale.policyChanges() / Kind.values().length; i++) {
            String namespace = Population.namespace(random.nextInt(scale.namespaces()));
            NetworkPolicy first = Population.policy(namespace, NUMBER + i, 8080);
            NetworkPolicy second = Population.policy(namespace, NUMBER + i, 8081);
            time(Kind.CREATE, namespace, () -> client.resource(first).create());
            time(Kind.CHANGE, namespace, () -> client.resource(second).update());
            time(Kind.DELETE, namespace, () -> client.resource(second).delete());
        }
    }

    private void time(Kind kind, String namespace, Runnable change) throws InterruptedException {
        Set<Integer> concerned = churn.nodesOf(namespace).stream()
                .filter(node -> nodes.told(node, namespace) != null)
                .collect(toSet());
        long before = concerned.stream()
                .map(node -> nodes.told(node, namespace))
                .filter(Objects::nonNull)
                .mapToLong(Told::sequence)
                .max()
                .orElse(0);
        Set<String> names = concerned.stream().map(Population::node).collect(toSet());
        Took latency = latencies.of(namespace, before, names, PATIENCE, change);
        took.computeIfAbsent(kind, key -> new ArrayList<>()).add(latency);
        // The pace of people, not a wait for something.
        Thread.sleep(Math.max(0, INTERVAL.minus(latency.acknowledged()).toMillis()));
    }
}
