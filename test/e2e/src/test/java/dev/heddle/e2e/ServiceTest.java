package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ClusterIP Services are translated when a pod connects, so that policy sees the backend. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceTest {

    private static final int ATTEMPTS = 12;

    @RegisterExtension
    final OnCluster cluster = new OnCluster("svc");

    private String clusterIp = "";
    private String namespace = "";

    @BeforeAll
    void startService() {
        namespace = cluster.namespace("app");
        cluster.namespaces.start(List.of(
                TestPod.serving(namespace, "echo1", cluster.firstNode(), Map.of("app", "echo")),
                TestPod.serving(namespace, "echo2", cluster.secondNode(), Map.of("app", "echo")),
                TestPod.serving(namespace, "friend", cluster.firstNode(), Map.of("app", "friend")),
                TestPod.serving(namespace, "stranger", cluster.firstNode(), Map.of("app", "stranger"))));
        clusterIp = cluster.client.resource(service()).create().getSpec().getClusterIP();
        Await.until("the Service answers", () -> answers("friend", clusterIp, Protocol.TCP));
    }

    @Test
    void everyBackendAnswersOverTcpAndUdp() {
        for (int i = 0; i < ATTEMPTS; i++) {
            assertThat(answers("friend", clusterIp, Protocol.TCP)).isTrue();
            assertThat(answers("friend", clusterIp, Protocol.UDP)).isTrue();
        }
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < ATTEMPTS; i++) {
            names.append(cluster.connections.exec(
                    cluster.pod("app/friend"),
                    "sh",
                    "-c",
                    "printf 'GET /hostname HTTP/1.0\\r\\n\\r\\n' | nc -w 2 " + clusterIp + " 80"));
        }
        assertThat(names.toString()).contains("echo1").contains("echo2");
    }

    @Test
    void namesResolveThroughTheDnsService() {
        assertThat(answers("friend", "echo." + namespace + ".svc.cluster.local", Protocol.TCP))
                .isTrue();
    }

    @Test
    void policyJudgesTheBackendAndNotTheServiceAddress() {
        var policy = cluster.enforce("app", "echo", """
                podSelector: {matchLabels: {app: echo}}
                ingress:
                - from:
                  - podSelector: {matchLabels: {app: friend}}
                  ports:
                  - {protocol: TCP, port: 8080}
                """);
        assertThat(outcome("friend", Protocol.TCP)).isEqualTo(Outcome.ANSWERED);
        assertThat(outcome("friend", Protocol.UDP)).isEqualTo(Outcome.TIMED_OUT);
        assertThat(outcome("stranger", Protocol.TCP)).isEqualTo(Outcome.TIMED_OUT);
        cluster.withdraw(policy);
    }

    private boolean answers(String from, String address, Protocol protocol) {
        return attempt(from, address, protocol) == Outcome.ANSWERED;
    }

    private Outcome outcome(String from, Protocol protocol) {
        return attempt(from, clusterIp, protocol);
    }

    private Outcome attempt(String from, String address, Protocol protocol) {
        int port = protocol == Protocol.TCP ? 80 : 81;
        return cluster.connections.attempt(new Attempt(cluster.pod("app/" + from), address, port, protocol));
    }

    private Service service() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("echo")
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of("app", "echo"))
                .addNewPort()
                .withName("tcp")
                .withPort(80)
                .withTargetPort(new IntOrString(Protocol.TCP.port))
                .endPort()
                .addNewPort()
                .withName("udp")
                .withProtocol("UDP")
                .withPort(81)
                .withTargetPort(new IntOrString(Protocol.UDP.port))
                .endPort()
                .endSpec()
                .build();
    }
}
