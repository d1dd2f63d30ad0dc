package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pods that send from their first instruction, under a policy that lets nothing out. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstPacketTest {

    private static final int PODS_PER_NODE = 4;
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    @RegisterExtension
    final OnCluster cluster = new OnCluster("first");

    private String open = "";

    @BeforeAll
    void startServer() {
        open = cluster.namespace("open");
        cluster.namespaces.start(List.of(TestPod.serving(open, "server", cluster.firstNode(), Map.of())));
        cluster.enforce("closed", "nothing-out", """
                podSelector: {}
                policyTypes: [Egress]
                """);
    }

    @ParameterizedTest
    @EnumSource
    void nothingGetsPastThePolicy(Protocol protocol) {
        List<Pod> senders = new ArrayList<>();
        for (String node : cluster.nodes()) {
            for (int i = 0; i < PODS_PER_NODE; i++) {
                senders.add(sender(cluster.namespace("closed"), protocol, node + "-" + i, node));
            }
        }
        cluster.namespaces.create(senders);
        senders.forEach(sender -> assertThat(lastWords(sender)).contains("TIMEOUT"));

        // The server does answer: the same pod without the policy.
        Pod allowed = sender(open, protocol, "allowed", cluster.secondNode());
        cluster.namespaces.create(List.of(allowed));
        assertThat(lastWords(allowed)).isEmpty();
    }

    /** The container's only and first instruction is the connection. */
    private Pod sender(String namespace, Protocol protocol, String name, String node) {
        return TestPod.running(
                namespace,
                name + "-" + protocol.flag(),
                node,
                Map.of(),
                "connect",
                cluster.pod("open/server").address() + ":" + protocol.port,
                "--protocol=" + protocol.flag(),
                "--timeout=2s");
    }

    /** What a pod said until it ended. */
    private String lastWords(Pod pod) {
        Await.until(
                "end of " + pod.getMetadata().getName(),
                () -> ENDED.contains(
                        cluster.client.resource(pod).get().getStatus().getPhase()));
        return cluster.client
                .pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .getLog();
    }
}
