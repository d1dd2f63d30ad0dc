package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.crds.ClusterNetworkPolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every pod to every pod and every node, at every port and address, under policies of both APIs: each connection must end
 * as the APIs' prose says. The policies are in {@code truth/}; there {@code ${shop}} is the namespace's name,
 * {@code ${data/db1.4}} the range of the pod's IPv4 address alone, {@code ${node1}} the first node's name.
 */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("its cluster-wide policies select by labels that all test namespaces have")
class TruthTableTest {

    private static final int[] TCP_PORTS = {8080, 9080};
    private static final int[] UDP_PORTS = {8081, 9081};
    private static final int KUBELET = 10250;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

    @RegisterExtension
    final OnCluster cluster = new OnCluster("truth");

    private final List<HasMetadata> applied = new ArrayList<>();
    private List<TestPod> pods = List.of();
    private @Nullable ClusterPolicyKind kind;

    @BeforeAll
    void startPods() throws IOException {
        kind = new ClusterPolicyKind(cluster.client);
        List<Pod> wanted = List.of(
                pod("shop", "web1", cluster.firstNode(), Map.of("app", "web", "tier", "front"), Protocol.TCP, 8080),
                pod("shop", "web2", cluster.secondNode(), Map.of("app", "web"), Protocol.TCP, 9080),
                pod("shop", "api1", cluster.firstNode(), Map.of("app", "api", "tier", "front"), Protocol.TCP, 8080),
                pod("shop", "api2", cluster.secondNode(), Map.of("app", "api"), Protocol.UDP, 8081),
                pod("data", "db1", cluster.firstNode(), Map.of("app", "db", "tier", "back"), Protocol.TCP, 9080),
                pod("data", "db2", cluster.secondNode(), Map.of("app", "db"), Protocol.UDP, 9081),
                pod("lab", "lab1", cluster.firstNode(), Map.of("app", "lab", "tier", "front"), Protocol.UDP, 8081),
                pod("lab", "lab2", cluster.secondNode(), Map.of("app", "lab"), Protocol.TCP, 8080));
        cluster.namespaces.start(wanted);
        pods = List.copyOf(cluster.namespaces.pods());
        assumeTrue(
                pods.stream().allMatch(pod -> pod.addresses().size() == 2), "these tables need a dual-stack cluster");
    }

    private Pod pod(
            String shortNamespace, String name, String node, Map<String, String> labels, Protocol protocol, int main) {
        Pod pod = TestPod.serving(cluster.namespace(shortNamespace), name, node, labels);
        return TestPod.naming(TestPod.alsoServing(pod, TCP_PORTS[1], UDP_PORTS[1]), "main", protocol, main);
    }

    @AfterEach
    void deletePolicies() {
        applied.forEach(policy -> cluster.client.resource(policy).delete());
        applied.clear();
        cluster.enforcement.awaitNoClusterPolicies();
        for (String namespace : List.of("shop", "data", "lab")) {
            cluster.enforcement.awaitNoPolicies(cluster.namespace(namespace));
        }
    }

    @AfterAll
    void deleteTheKind() {
        if (kind != null) {
            kind.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "isolation",
                "expressions",
                "ports",
                "ranges",
                "empty-and-missing",
                "unions",
                "admin",
                "baseline",
                "networks-and-nodes",
                "everything"
            })
    void everyConnectionEndsAsTheProseSays(String policies) throws IOException {
        for (HasMetadata policy : read(policies)) {
            applied.add(cluster.client.resource(policy).serverSideApply());
        }
        applied.forEach(this::awaitEnforced);
        Expectation expectation = new Expectation(cluster.client, applied);

        Map<Attempt, Outcome> expected = new LinkedHashMap<>();
        everything().forEach(attempt -> expected.put(attempt, expectation.of(attempt)));
        long denied = expected.values().stream()
                .filter(outcome -> outcome != Outcome.ANSWERED)
                .count();
        System.out.printf("%s: %d connections, %d to be denied%n", policies, expected.size(), denied);

        assertThat(cluster.connections.differences(expected)).isEmpty();
        assertThat(denied)
                .as("a table that says something")
                .isBetween(expected.size() / 20L, expected.size() * 19L / 20);
    }

    private void awaitEnforced(HasMetadata policy) {
        switch (policy) {
            case NetworkPolicy namespaced -> cluster.enforcement.await(namespaced);
            case ClusterNetworkPolicy clusterWide -> cluster.enforcement.await(clusterWide);
            default -> throw new IllegalArgumentException(policy.getKind() + " is no policy");
        }
    }

    private List<Attempt> everything() {
        List<Attempt> attempts = new ArrayList<>();
        for (TestPod from : pods) {
            for (TestPod to : pods) {
                for (String address : to.addresses()) {
                    for (int port : TCP_PORTS) {
                        attempts.add(new Attempt(from, address, port, Protocol.TCP));
                    }
                    for (int port : UDP_PORTS) {
                        attempts.add(new Attempt(from, address, port, Protocol.UDP));
                    }
                }
            }
            for (String node : cluster.nodes()) {
                attempts.add(new Attempt(from, cluster.addressOf(node), KUBELET, Protocol.TCP));
            }
        }
        return attempts;
    }

    private List<HasMetadata> read(String policies) throws IOException {
        try (var yaml = Objects.requireNonNull(getClass().getResourceAsStream("/truth/" + policies + ".yaml"))) {
            String text = PLACEHOLDER
                    .matcher(new String(yaml.readAllBytes(), StandardCharsets.UTF_8))
                    .replaceAll(match -> Matcher.quoteReplacement(meant(match.group(1))));
            return Pattern.compile("^---$", Pattern.MULTILINE)
                    .splitAsStream(text)
                    .map(TruthTableTest::policy)
                    .toList();
        }
    }

    private static HasMetadata policy(String document) {
        return document.contains("kind: " + ClusterNetworkPolicy.KIND)
                ? Serialization.unmarshal(document, ClusterNetworkPolicy.class)
                : Serialization.unmarshal(document, NetworkPolicy.class);
    }

    private String meant(String placeholder) {
        int family = placeholder.indexOf('.');
        if (family > 0) {
            return cluster.pod(placeholder.substring(0, family)).ranges().get(placeholder.endsWith(".4") ? 0 : 1);
        }
        return placeholder.equals("node1") ? cluster.firstNode() : cluster.namespace(placeholder);
    }
}
