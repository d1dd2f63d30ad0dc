package dev.heddle.e2e;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Services are translated when a pod connects, so that policy sees the backend. */
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
        clusterIp = cluster.client.resource(service("echo")).create().getSpec().getClusterIP();
        Await.until("the Service answers", () -> answers("friend", clusterIp, Protocol.TCP));
    }

    @Test
    void everyBackendAnswersOverTcpAndUdp() {
        for (int i = 0; i < ATTEMPTS; i++) {
            assertThat(answers("friend", clusterIp, Protocol.TCP)).isTrue();
            assertThat(answers("friend", clusterIp, Protocol.UDP)).isTrue();
        }
        assertThat(backends(clusterIp)).containsExactlyInAnyOrder("echo1", "echo2");
    }

    @Test
    void aDualStackServiceAnswersAtBothItsAddresses() {
        Service service = cluster.client
                .resource(new ServiceBuilder(service("both"))
                        .editSpec()
                        .withIpFamilyPolicy("PreferDualStack")
                        .endSpec()
                        .build())
                .create();
        List<String> addresses = service.getSpec().getClusterIPs();
        assumeThat(addresses).hasSize(2);
        for (String address : addresses) {
            for (Protocol protocol : Protocol.values()) {
                Await.until(address + " answers", () -> answers("friend", address, protocol));
            }
        }
    }

    @Test
    void nodePortsAnswerAtEveryNodeAndPolicyJudgesTheBackendThereToo() {
        Service service = cluster.client
                .resource(new ServiceBuilder(service("everywhere"))
                        .editSpec()
                        .withType("NodePort")
                        .endSpec()
                        .build())
                .create();
        Map<String, Integer> ports =
                service.getSpec().getPorts().stream().collect(toMap(ServicePort::getName, ServicePort::getNodePort));
        var policy = cluster.enforce("app", "echo", """
                podSelector: {matchLabels: {app: echo}}
                ingress:
                - from:
                  - podSelector: {matchLabels: {app: friend}}
                """);
        for (String node : cluster.nodes()) {
            for (Protocol protocol : Protocol.values()) {
                int port = ports.getOrDefault(protocol.flag(), 0);
                String address = cluster.addressOf(node);
                Await.until(
                        node + ":" + port + " answers",
                        () -> attempt("friend", address, port, protocol) == Outcome.ANSWERED);
                assertThat(attempt("stranger", address, port, protocol)).isEqualTo(Outcome.TIMED_OUT);
            }
        }
        cluster.withdraw(policy);
    }

    @Test
    void aClientWithAffinityKeepsItsBackend() {
        String address = cluster.client
                .resource(new ServiceBuilder(service("sticky"))
                        .editSpec()
                        .withSessionAffinity("ClientIP")
                        .endSpec()
                        .build())
                .create()
                .getSpec()
                .getClusterIP();
        Await.until("the Service answers", () -> answers("friend", address, Protocol.TCP));
        assertThat(backends(address)).hasSize(1);
    }

    /** Who answered a dozen requests. */
    private Set<String> backends(String address) {
        String asking = "for i in $(seq %d); do printf 'GET /hostname HTTP/1.0\\r\\n\\r\\n' | nc -w 2 %s 80; echo; done"
                .formatted(ATTEMPTS, address);
        String answers = cluster.connections.exec(cluster.pod("app/friend"), "sh", "-c", asking);
        return Pattern.compile("echo\\d")
                .matcher(answers)
                .results()
                .map(MatchResult::group)
                .collect(toSet());
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

    @Test
    void aPodReachesItselfThroughItsOwnServiceWhateverPolicySays() {
        String address = cluster.client
                .resource(new ServiceBuilder(service("own"))
                        .editSpec()
                        .withSelector(Map.of("app", "friend"))
                        .endSpec()
                        .build())
                .create()
                .getSpec()
                .getClusterIP();
        Await.until("the Service answers", () -> answers("stranger", address, Protocol.TCP));
        var policy = cluster.enforce("app", "friend", """
                podSelector: {matchLabels: {app: friend}}
                policyTypes: [Ingress, Egress]
                """);
        for (Protocol protocol : Protocol.values()) {
            assertThat(attempt("friend", address, protocol)).isEqualTo(Outcome.ANSWERED);
            assertThat(attempt("stranger", address, protocol)).isEqualTo(Outcome.TIMED_OUT);
        }
        cluster.withdraw(policy);
    }

    private boolean answers(String from, String address, Protocol protocol) {
        return attempt(from, address, protocol) == Outcome.ANSWERED;
    }

    private Outcome outcome(String from, Protocol protocol) {
        return attempt(from, clusterIp, protocol);
    }

    private Outcome attempt(String from, String address, Protocol protocol) {
        return attempt(from, address, protocol == Protocol.TCP ? 80 : 81, protocol);
    }

    private Outcome attempt(String from, String address, int port, Protocol protocol) {
        return cluster.connections.attempt(new Attempt(cluster.pod("app/" + from), address, port, protocol));
    }

    private Service service(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
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
