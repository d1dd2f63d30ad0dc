package dev.heddle.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** kube-proxy is there too: what Heddle leaves to it works as ever, under policy, and what Heddle does is as without it. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("it changes how nodes treat every Service")
abstract class KubeProxyTest {

    private static final String EXTERNAL_ADDRESS = "198.51.100.7";
    private static final int SERVICE_PORT = 80;

    @RegisterExtension
    final OnCluster cluster = new OnCluster("proxy");

    private final KubeProxy.Mode mode;
    private final List<KubeProxy> proxies = new ArrayList<>();
    private Service anywhere = new Service();
    private Service localOnly = new Service();

    KubeProxyTest(KubeProxy.Mode mode) {
        this.mode = mode;
    }

    @BeforeAll
    void startProxies(@TempDir Path logs) {
        String app = cluster.namespace("app");
        cluster.namespaces.start(List.of(
                TestPod.serving(app, "echo", cluster.secondNode(), Map.of("app", "echo")),
                TestPod.serving(app, "friend", cluster.firstNode(), Map.of("app", "friend")),
                TestPod.serving(app, "stranger", cluster.firstNode(), Map.of("app", "stranger"))));
        anywhere = create("anywhere", "Cluster");
        localOnly = create("local-only", "Local");
        assertThat(fromOutside(cluster.firstNode(), anywhere, Protocol.TCP))
                .as("a node port from outside, without kube-proxy")
                .isEqualTo(Outcome.FAILED);
        for (String node : cluster.nodes()) {
            ProcessHandle daemon = LocalProcess.daemonOn(cluster.client, node).handle();
            proxies.add(new KubeProxy(mode, node, daemon, logs.resolve(node + ".log")));
        }
        Await.until(
                "kube-proxy knows the node ports",
                () -> proxies.stream().allMatch(proxy -> proxy.knows(nodePort(localOnly, Protocol.UDP))));
    }

    @AfterAll
    void stopProxies() {
        proxies.forEach(KubeProxy::close);
    }

    @Test
    void nodePortsAnswerWhoIsOutsideOfTheCluster() {
        for (String node : cluster.nodes()) {
            for (Protocol protocol : Protocol.values()) {
                assertThat(fromOutside(node, anywhere, protocol))
                        .as(node + " " + protocol)
                        .isEqualTo(Outcome.ANSWERED);
            }
        }
    }

    @Test
    void policyJudgesWhoIsOutsideByTheAddressThatKubeProxyLeavesThem() {
        var policy = cluster.enforce("app", "wire", """
                podSelector: {matchLabels: {app: echo}}
                ingress:
                - from: [{ipBlock: {cidr: "%s"}}]
                """.formatted(wireWithoutNodes()));
        for (Protocol protocol : Protocol.values()) {
            assertThat(fromOutside(cluster.secondNode(), localOnly, protocol))
                    .as("with its own address, " + protocol)
                    .isEqualTo(Outcome.ANSWERED);
            for (String node : cluster.nodes()) {
                assertThat(fromOutside(node, anywhere, protocol))
                        .as("masqueraded by " + node + ", which makes nobody the node itself, " + protocol)
                        .isEqualTo(Outcome.TIMED_OUT);
            }
        }
        cluster.withdraw(policy);
    }

    @Test
    void anExternalAddressIsTranslatedByKubeProxyAndTheBackendIsUnderPolicy() {
        assertThat(fromPod("friend", EXTERNAL_ADDRESS, SERVICE_PORT, Protocol.TCP))
                .isEqualTo(Outcome.ANSWERED);
        var policy = cluster.enforce("app", "nobody", "podSelector: {matchLabels: {app: echo}}");
        assertThat(fromPod("friend", EXTERNAL_ADDRESS, SERVICE_PORT, Protocol.TCP))
                .isEqualTo(Outcome.TIMED_OUT);
        cluster.withdraw(policy);
    }

    @Test
    void insideTheClusterHeddleTranslatesAndPolicyJudgesTheBackend() {
        var policy = cluster.enforce("app", "friends", """
                podSelector: {matchLabels: {app: echo}}
                ingress:
                - from: [{podSelector: {matchLabels: {app: friend}}}]
                """);
        for (Protocol protocol : Protocol.values()) {
            assertPolicyHolds(anywhere.getSpec().getClusterIP(), servicePort(protocol), protocol);
            assertPolicyHolds(cluster.addressOf(cluster.firstNode()), nodePort(anywhere, protocol), protocol);
        }
        cluster.withdraw(policy);
    }

    private void assertPolicyHolds(String address, int port, Protocol protocol) {
        assertThat(fromPod("friend", address, port, protocol))
                .as("friend to " + address + ":" + port + " " + protocol)
                .isEqualTo(Outcome.ANSWERED);
        assertThat(fromPod("stranger", address, port, protocol))
                .as("stranger to " + address + ":" + port + " " + protocol)
                .isEqualTo(Outcome.TIMED_OUT);
    }

    private Outcome fromPod(String pod, String address, int port, Protocol protocol) {
        return cluster.connections.attempt(new Attempt(cluster.pod("app/" + pod), address, port, protocol));
    }

    private Outcome fromOutside(String node, Service service, Protocol protocol) {
        return Outsider.attempt(cluster.addressOf(node), nodePort(service, protocol), protocol);
    }

    /** A range with this machine's address and without the nodes': the upper half of the nodes' /24. */
    private String wireWithoutNodes() {
        String node = cluster.addressOf(cluster.firstNode());
        return node.substring(0, node.lastIndexOf('.')) + ".128/25";
    }

    private static int nodePort(Service service, Protocol protocol) {
        return service.getSpec().getPorts().stream()
                .collect(toMap(ServicePort::getName, ServicePort::getNodePort))
                .getOrDefault(protocol.flag(), 0);
    }

    private static int servicePort(Protocol protocol) {
        return switch (protocol) {
            case TCP -> SERVICE_PORT;
            case UDP -> SERVICE_PORT + 1;
        };
    }

    private Service create(String name, String externalTrafficPolicy) {
        ServiceBuilder service = new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(cluster.namespace("app"))
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withType("NodePort")
                .withSelector(Map.of("app", "echo"))
                .withExternalTrafficPolicy(externalTrafficPolicy)
                .endSpec();
        if (externalTrafficPolicy.equals("Cluster")) {
            service.editSpec().withExternalIPs(EXTERNAL_ADDRESS).endSpec();
        }
        for (Protocol protocol : Protocol.values()) {
            service.editSpec()
                    .addNewPort()
                    .withName(protocol.flag())
                    .withProtocol(protocol.name())
                    .withPort(servicePort(protocol))
                    .withTargetPort(new IntOrString(protocol.port))
                    .endPort()
                    .endSpec();
        }
        return cluster.client.resource(service.build()).create();
    }
}
