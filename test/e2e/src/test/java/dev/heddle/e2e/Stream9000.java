package dev.heddle.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** One long-lived TCP connection between two pods, which carries a line every 100 ms and never reconnects. */
final class Stream9000 {

    static final int PORT = 9000;
    private static final String IMAGE = "docker.io/library/busybox:1.35";

    private Stream9000() {}

    /** Prints every line that it receives; ends with the connection. */
    static Pod receiver(String namespace, String name, String node, Map<String, String> labels) {
        // nc ends with its input, so it gets one that does not end.
        return shell(namespace, name, node, labels, "sleep 100000 | nc -l -p " + PORT);
    }

    /** Sends until the connection breaks; then it ends and is not started again. */
    static Pod sender(String namespace, String name, String node, Map<String, String> labels, String receiver) {
        return shell(
                namespace,
                name,
                node,
                labels,
                "i=0; while true; do i=$((i+1)); echo line $i; usleep 100000; done | nc " + receiver + " " + PORT);
    }

    /** How many lines have arrived. */
    static long lines(KubernetesClient client, TestPod receiver) {
        return client.pods()
                .inNamespace(receiver.namespace())
                .withName(receiver.name())
                .getLog()
                .lines()
                .count();
    }

    static Pod shell(String namespace, String name, String node, Map<String, String> labels, String script) {
        Pod pod = TestPod.running(namespace, name, node, labels);
        var container = pod.getSpec().getContainers().getFirst();
        container.setImage(IMAGE);
        container.setName("busybox");
        container.setArgs(null);
        container.setCommand(java.util.List.of("sh", "-c", script));
        return pod;
    }
}
