package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Pods that send from their first instruction, under a policy that lets nothing out. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstPacketTest {

    private static final int PODS_PER_NODE = 8;
    private static final String UDP_PORT = "9001";

    private final KubernetesClient client = Cluster.client();
    private final Enforcement enforcement = new Enforcement(client);
    private final TestNamespaces namespaces = new TestNamespaces(client, "first");
    private List<String> nodes = List.of();
    private String open = "";

    @BeforeAll
    void startSink() {
        nodes = Cluster.twoNodes(client);
        open = namespaces.namespace("open");
        namespaces.start(List.of(Stream9000.shell(open, "sink", nodes.get(0), Map.of(), "nc -l -u -p " + UDP_PORT)));
        enforcement.await(namespaces.apply(Policies.networkPolicy(namespaces.namespace("closed"), "nothing-out", """
                podSelector: {}
                policyTypes: [Egress]
                """)));
    }

    @AfterAll
    void removeEverything() {
        namespaces.close();
        client.close();
    }

    @Test
    void nothingGetsPastThePolicy() {
        TestPod sink = namespaces.pod("open/sink");
        List<Pod> senders = new ArrayList<>();
        for (String node : nodes) {
            for (int i = 0; i < PODS_PER_NODE; i++) {
                senders.add(sender(namespaces.namespace("closed"), node + "-" + i, node, sink.address()));
            }
        }
        namespaces.create(senders);
        senders.forEach(this::awaitEnd);
        assertThat(log(sink)).isEmpty();

        // The sink does receive: the same pod without the policy.
        Pod allowed = sender(open, "allowed", nodes.get(1), sink.address());
        namespaces.create(List.of(allowed));
        Await.until("a datagram of the allowed pod", () -> log(sink).contains("datagram"));
    }

    private static Pod sender(String namespace, String name, String node, String sink) {
        String send = "for i in 1 2 3 4 5 6 7 8 9 10; do echo datagram of " + name + "; usleep 50000; done";
        return Stream9000.shell(
                namespace, name, node, Map.of(), "(" + send + ") | nc -u -w 1 " + sink + " " + UDP_PORT);
    }

    private void awaitEnd(Pod pod) {
        Await.until(
                "end of " + pod.getMetadata().getName(),
                () -> "Succeeded".equals(client.resource(pod).get().getStatus().getPhase()));
    }

    private String log(TestPod pod) {
        return client.pods().inNamespace(pod.namespace()).withName(pod.name()).getLog();
    }
}
