package dev.heddle.e2e;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.List;
import java.util.stream.Collectors;

/** The cluster under test: whichever KUBECONFIG names. */
final class Cluster {

    static final String NAMESPACE = "heddle-system";
    static final String OPERATOR = "heddle-operator";
    static final String DAEMON = "heddle-node";

    private Cluster() {}

    static KubernetesClient client() {
        if (System.getenv("KUBECONFIG") == null) {
            throw new IllegalStateException(
                    "KUBECONFIG is not set. Start a cluster with hack/up.sh, or run hack/test.sh --layer cluster.");
        }
        return new KubernetesClientBuilder().build();
    }

    /** The names of two nodes that take pods, in order. */
    static List<String> twoNodes(KubernetesClient client) {
        List<String> names = client.nodes().list().getItems().stream()
                .filter(Cluster::takesPods)
                .map(node -> node.getMetadata().getName())
                .sorted()
                .toList();
        if (names.size() < 2) {
            throw new IllegalStateException("these tests need two nodes that take pods; there are " + names);
        }
        return names.subList(0, 2);
    }

    /** The pods of {@link #OPERATOR} or {@link #DAEMON}, those that end included. */
    static List<Pod> podsOf(KubernetesClient client, String app) {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/name", app)
                .list()
                .getItems();
    }

    /** Waits until the daemon of a node serves again: its pod is ready. */
    static void awaitDaemonReady(KubernetesClient client, String node) {
        Await.until(
                "ready daemon on " + node,
                () -> podsOf(client, DAEMON).stream()
                        .anyMatch(pod -> node.equals(pod.getSpec().getNodeName()) && Readiness.isPodReady(pod)));
    }

    /** What the daemon of a node has logged since it was started last. */
    static List<String> daemonLog(KubernetesClient client, String node) {
        return podsOf(client, DAEMON).stream()
                .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                .flatMap(pod -> client.pods().resource(pod).getLog().lines())
                .toList();
    }

    /** Scales the operator and waits until that many of its pods are ready, and no other is left. */
    static void scaleOperator(KubernetesClient client, int replicas) {
        client.apps().deployments().inNamespace(NAMESPACE).withName(OPERATOR).scale(replicas);
        Await.until(replicas + " operator pods", () -> {
            List<Pod> pods = podsOf(client, OPERATOR);
            return pods.size() == replicas && pods.stream().allMatch(Readiness::isPodReady);
        });
    }

    /** Heddle's own pods, and how their containers are. */
    static List<String> heddlePods(KubernetesClient client) {
        return client.pods().inNamespace(NAMESPACE).list().getItems().stream()
                .map(pod -> pod.getMetadata().getName()
                        + pod.getStatus().getContainerStatuses().stream()
                                .map(container -> " started %d times, ready: %s, now: %s"
                                        .formatted(
                                                container.getRestartCount() + 1,
                                                container.getReady(),
                                                container.getState()))
                                .collect(Collectors.joining()))
                .toList();
    }

    /** How often the kubelets have started an operator again that had ended. */
    static int operatorRestarts(KubernetesClient client) {
        return podsOf(client, OPERATOR).stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .mapToInt(ContainerStatus::getRestartCount)
                .sum();
    }

    /** Who holds the operator's lease: the name of its pod, with something after it; empty when nobody does. */
    static String leader(KubernetesClient client) {
        String holder = client.leases()
                .inNamespace(NAMESPACE)
                .withName(OPERATOR)
                .require()
                .getSpec()
                .getHolderIdentity();
        return holder == null ? "" : holder;
    }

    private static boolean takesPods(Node node) {
        return node.getSpec().getTaints() == null || node.getSpec().getTaints().isEmpty();
    }
}
