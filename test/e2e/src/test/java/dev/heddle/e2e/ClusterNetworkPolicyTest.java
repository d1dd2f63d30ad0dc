package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.ClusterNetworkPolicy;
import dev.heddle.crds.ClusterNetworkPolicyStatus;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * ClusterNetworkPolicies and NetworkPolicies between real pods on two nodes. Namespaces {@code shop} and {@code data} have
 * the label {@code team} with their short name; every policy here names them, and no other namespace of the cluster.
 */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterNetworkPolicyTest {

    @RegisterExtension
    final OnCluster cluster = new OnCluster("cnp");

    private final List<ClusterNetworkPolicy> applied = new ArrayList<>();
    private @Nullable ClusterPolicyKind kind;

    @BeforeAll
    void startPods() throws IOException {
        String shop = cluster.namespace("shop");
        String data = cluster.namespace("data");
        cluster.namespaces.start(List.of(
                TestPod.serving(shop, "web1", cluster.firstNode(), Map.of("app", "web")),
                TestPod.serving(shop, "api1", cluster.firstNode(), Map.of("app", "api")),
                TestPod.serving(shop, "api2", cluster.secondNode(), Map.of("app", "api")),
                TestPod.naming(
                        TestPod.serving(data, "db1", cluster.secondNode(), Map.of("app", "db")),
                        "query",
                        Protocol.TCP)));
        kind = new ClusterPolicyKind(cluster.client);
    }

    @AfterEach
    void deletePolicies() {
        applied.forEach(policy -> cluster.client.resource(policy).delete());
        applied.clear();
        cluster.enforcement.awaitNoClusterPolicies();
    }

    @AfterAll
    void deleteTheKind() {
        if (kind != null) {
            kind.close();
        }
    }

    @Test
    void anAdminPolicyComesBeforeNetworkPolicies() {
        NetworkPolicy open = cluster.enforce("data", "open", """
                podSelector: {}
                ingress: [{}]
                """);
        given("admin", """
                tier: Admin
                priority: 10
                subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: %2$s}}}
                ingress:
                - name: web asks by TCP
                  action: Pass
                  from: [{pods: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}, podSelector: {matchLabels: {app: web}}}}]
                  protocols: [{destinationNamedPort: query}]
                - name: nobody else of the shop
                  action: Deny
                  from: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: %1$s}}}]
                """);
        cluster.assertTable("""
                          shop/web1 shop/api2 data/db1
                shop/web1 .         TU        T
                shop/api1 TU        TU        -
                shop/api2 TU        .         -
                data/db1  TU        TU        .
                """);
        cluster.withdraw(open);
        cluster.enforcement.awaitNoPolicies(cluster.namespace("data"));
    }

    @Test
    void aBaselinePolicyCountsWhereNoNetworkPolicyDoes() {
        given("baseline", """
                tier: Baseline
                priority: 10
                subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: %1$s}}}
                ingress:
                - {action: Deny, from: [{namespaces: {}}]}
                """);
        cluster.assertTable("""
                          shop/web1 shop/api1 shop/api2 data/db1
                shop/web1 .         -         -         TU
                data/db1  -         -         -         .
                """);
        NetworkPolicy api = cluster.enforce("shop", "api", """
                podSelector: {matchLabels: {app: api}}
                ingress:
                - from: [{podSelector: {matchLabels: {app: web}}}]
                """);
        cluster.assertTable("""
                          shop/web1 shop/api1 shop/api2
                shop/web1 .         TU        TU
                shop/api1 -         .         -
                data/db1  -         -         -
                """);
        cluster.withdraw(api);
    }

    @Test
    void aRelabelledNamespaceIsGovernedByWhatItsLabelsSay() {
        given("quarantine", """
                tier: Admin
                priority: 1
                subject: {namespaces: {matchLabels: {e2e-quarantine: %1$s}}}
                egress:
                - {action: Deny, to: [{networks: [0.0.0.0/0, "::/0"]}]}
                """);
        cluster.assertTable("""
                          data/db1 shop/api2
                shop/web1 TU       TU
                """);
        label(cluster.namespace("shop"), cluster.namespace("shop"));
        Await.until(
                "web1 is held", () -> cluster.reaches("shop/web1", "data/db1").isEmpty());
        cluster.assertTable("""
                          data/db1 shop/api2
                shop/web1 -        -
                data/db1  .        TU
                """);
        label(cluster.namespace("shop"), null);
        Await.until(
                "web1 is let go", () -> cluster.reaches("shop/web1", "data/db1").equals("TU"));
    }

    @Test
    void whatIsNotEnforcedIsSaidInTheStatus() {
        ClusterNetworkPolicy names = apply("names", """
                tier: Admin
                priority: 1
                subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: %1$s}}}
                egress:
                - {action: Accept, to: [{domainNames: [example.org]}]}
                """);
        Await.until(
                "a condition that names the field",
                () -> cluster.enforcement
                        .condition(names.getMetadata().getName(), ClusterNetworkPolicyStatus.ENFORCED)
                        .filter(condition -> condition.getStatus().equals("False"))
                        .filter(condition -> condition.getMessage().contains("spec.egress[0].to[0].domainNames"))
                        .isPresent());
        assertThat(cluster.enforcement.condition(names.getMetadata().getName(), ClusterNetworkPolicyStatus.ACCEPTED))
                .hasValueSatisfying(
                        condition -> assertThat(condition.getStatus()).isEqualTo("True"));
        cluster.assertTable("""
                          data/db1 shop/api2
                shop/web1 TU       TU
                """);
    }

    /** Applies a policy for the time of one test, and waits until it is enforced. %1$s is shop, %2$s is data. */
    private void given(String name, String spec) {
        cluster.enforcement.await(apply(name, spec));
    }

    private ClusterNetworkPolicy apply(String name, String spec) {
        String shop = cluster.namespace("shop");
        ClusterNetworkPolicy policy = cluster.client
                .resource(Policies.clusterNetworkPolicy(
                        shop + "-" + name, spec.formatted(shop, cluster.namespace("data"))))
                .serverSideApply();
        applied.add(policy);
        return policy;
    }

    private void label(String namespace, @Nullable String value) {
        cluster.client.namespaces().withName(namespace).edit(one -> {
            if (value == null) {
                one.getMetadata().getLabels().remove("e2e-quarantine");
            } else {
                one.getMetadata().getLabels().put("e2e-quarantine", value);
            }
            return one;
        });
    }
}
