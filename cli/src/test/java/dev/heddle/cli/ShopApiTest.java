package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.cli.TestApi.Outcome;
import dev.heddle.cli.stage.ShopObjects;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubectl heddle explain}, {@code flows} and {@code whatif} against a real API server that has the sample shop. */
@Tag("apiserver")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShopApiTest {

    private static final String GUARD = """
            apiVersion: policy.networking.k8s.io/v1alpha2
            kind: ClusterNetworkPolicy
            metadata: {name: guard}
            spec:
              tier: Admin
              priority: 10
              subject: {namespaces: {matchLabels: {team: shop}}}
              ingress:
              - {action: Deny, from: [{namespaces: {matchLabels: {team: shop}}}]}
            """;

    @KubeConfig
    static String kubeConfig;

    @TempDir
    static Path scratch;

    private static TestApi api;

    @BeforeAll
    static void fill() throws Exception {
        api = new TestApi(kubeConfig, scratch);
        ShopObjects.all().forEach(api::createWithStatus);
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static Outcome explain(String... arguments) {
        return api.heddle(TestApi.words("explain", arguments));
    }

    @Test
    @Order(1)
    void podsAreFoundByNameAndExplained() {
        Outcome outcome = explain("shop/web-1", "shop/api-1", "--port", "9000");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("ALLOWED  shop/web-1 (10.244.1.5 on node1) -> shop/api-1 (10.244.2.6 on node2)  TCP 9000\n")
                .contains("Egress of shop/web-1: ALLOWED by NetworkPolicy shop/web spec.egress[0]")
                .contains("Ingress of shop/api-1: ALLOWED by NetworkPolicy shop/api spec.ingress[0]")
                .contains("in the kernel of node1: unknown, no daemon of Heddle runs there in namespace heddle-system");
        assertThat(outcome.exit()).isZero();
        assertThat(explain("web-1", "shop-data/db-1", "-n", "shop").exit()).isEqualTo(1);
    }

    @Test
    @Order(1)
    void workloadsAddressesNodesAndTheWorldAreFound() {
        assertThat(explain("deploy/web", "deploy/api", "-n", "shop").out())
                .startsWith("ALLOWED  shop/web-")
                .contains("Note: shop/deploy/web has 2 pods; this is about web-1.");
        assertThat(explain("10.244.1.5", "10.244.2.6").out())
                .startsWith("ALLOWED  shop/web-1 (10.244.1.5 on node1) -> shop/api-1")
                .contains("Note: 10.244.1.5 is pod shop/web-1.");
        assertThat(explain("shop/web-1", "fd00:244:0:2::6").out())
                .as("by the address that was named")
                .startsWith("ALLOWED  shop/web-1 (fd00:244:0:1::5 on node1) -> shop/api-1 (fd00:244:0:2::6 on node2)");
        assertThat(explain("10.244.1.250", "shop/api-1").out())
                .contains("10.244.1.250 is in the pods' range, and no pod has it");
        assertThat(explain("172.30.0.2", "shop/api-1").exit())
                .as("its own node")
                .isZero();
        assertThat(explain("node/node1", "shop/api-1").exit())
                .as("another node")
                .isEqualTo(1);
        assertThat(explain("kube-system/agent", "shop/web-1").out())
                .contains("pod kube-system/agent is on the network of node node1");
        assertThat(explain("world", "shop/web-1").exit()).isZero();
        assertThat(explain("world", "shop/web-1", "--port", "22").exit()).isEqualTo(1);
    }

    @Test
    @Order(1)
    void whoIsNotThereIsNamed() {
        assertThat(explain("shop/nobody", "shop/api-1").err()).isEqualTo("error: there is no pod shop/nobody\n");
        assertThat(explain("deploy/nothing", "shop/api-1", "-n", "shop").err())
                .isEqualTo("error: shop/deploy/nothing has no running pod\n");
        assertThat(explain("node/node9", "shop/api-1").exit()).isEqualTo(3);
    }

    @Test
    @Order(1)
    void whereNobodyCanBeAskedForFlowsIsSaid() {
        assertThat(api.heddle("flows").err()).isEqualTo("error: no daemon of Heddle runs in namespace heddle-system\n");
        assertThat(api.heddle("flows", "shop/web-1").err())
                .isEqualTo(
                        "error: node node1 did not answer: no daemon of Heddle runs there in namespace heddle-system\n");
        assertThat(api.heddle("flows", "shop/nobody").err())
                .isEqualTo("error: there is no pod shop/nobody; of one that is gone, --node names the node to ask\n");
        assertThat(api.heddle("flows", "shop/nobody", "--node", "node2").err())
                .startsWith("error: node node2 did not answer: ");
    }

    @Test
    @Order(1)
    void whatIfComparesWithTheClusterAsItIs() throws IOException {
        Path file = Files.writeString(scratch.resolve("api.yaml"), """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {namespace: shop, name: api}
                spec:
                  podSelector: {matchLabels: {app: api}}
                  ingress:
                  - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 9001}]}
                """);
        Outcome outcome = api.heddle("whatif", "-f", file.toString());

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.out())
                .containsPattern("shop/deploy/web \\(2 pods\\) +shop/deploy/api +TCP +9000 +allowed -> denied")
                .as("the policy forgets its direction Egress")
                .containsPattern("shop/deploy/api +shop-data/deploy/db +TCP +5432 +allowed -> denied")
                .contains("2 pairs change.");
        assertThat(api.heddle("whatif", "--delete", "networkpolicy/shop/default-deny")
                        .exit())
                .as("web and api isolate themselves")
                .isZero();
        JsonNode answer = TestApi.read(
                api.heddle("whatif", "--delete", "networkpolicy/shop-data/db", "-o", "json")
                        .out(),
                JsonNode.class);
        assertThat(answer.path("pairs").findValuesAsText("name")).contains("shop-data/deploy/db", "world");
    }

    @Test
    @Order(2)
    void aDaemonThatCannotBeReachedIsNoFailure() {
        api.createWithStatus(ShopObjects.daemon("node2"));

        Outcome outcome = explain("shop/web-1", "shop/api-1");

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out())
                .contains("in the kernel of node2: unknown, you cannot exec into heddle-system/daemon-node2");
        assertThat(api.heddle("flows", "-n", "shop")).satisfies(flows -> {
            assertThat(flows.exit()).isEqualTo(3);
            assertThat(flows.err())
                    .startsWith("error: node node2 did not answer: you cannot exec into heddle-system/daemon-node2");
        });
    }

    @Test
    @Order(2)
    void whoMayViewANamespaceGetsWhatTheyMaySee() throws IOException {
        Path tenant = api.user("shop", "tenant", scratch);
        api.mayView("shop", "tenant");

        Outcome outcome = TestApi.heddle(tenant, "explain", "web-1", "api-1");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exit()).isZero();
        assertThat(TestApi.heddle(tenant, "explain", "web-1", "shop-data/db-1")).satisfies(refused -> {
            assertThat(refused.exit()).isEqualTo(3);
            assertThat(refused.err()).contains("you may not read /api/v1/namespaces/shop-data/pods/db-1");
        });
    }

    @Test
    @Order(3)
    void clusterNetworkPoliciesCountAsSoonAsTheKindIsThere() throws IOException {
        api.apply(Files.readString(Path.of("../config/clusternetworkpolicy/clusternetworkpolicies.yaml")));
        api.apply(GUARD);

        Outcome outcome = explain("shop/web-1", "shop/api-1");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out())
                .contains("Ingress of shop/api-1: DENIED by ClusterNetworkPolicy guard spec.ingress[0]")
                .containsPattern(
                        "Admin 10 +guard +spec.ingress\\[0\\] +deny from pods in namespaces team=shop +denies");

        assertThat(api.heddle("status").out()).containsPattern("- +ClusterNetworkPolicy/guard +UNREPORTED");
        assertThat(api.heddle("whatif", "--delete", "cnp/guard").out())
                .containsPattern("shop/deploy/web \\(2 pods\\) +shop/deploy/api +TCP +9000 +denied -> allowed");

        Path tenant = scratch.resolve("tenant");
        assertThat(TestApi.heddle(tenant, "explain", "web-1", "api-1").out())
                .contains("Note: you may not read ClusterNetworkPolicies");
    }
}
