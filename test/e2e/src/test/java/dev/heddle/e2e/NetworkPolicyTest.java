package dev.heddle.e2e;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * NetworkPolicies between real pods on two nodes. The namespaces are {@code shop} and {@code data}, labelled
 * {@code team=shop} and {@code team=data}; {@code web1}, {@code api1}, {@code db1} run on the first node and
 * their {@code 2} on the second, so that every table holds paths on one node and between nodes. What {@code api1} serves
 * by TCP it calls {@code main}; {@code api2} gives that name to what it serves by UDP; nobody else has such a port.
 */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkPolicyTest {

    private static final String EVERYBODY_REACHES_EVERYBODY = """
                      shop/web1 shop/web2 shop/api1 shop/api2 data/db1 data/db2
            shop/web1 .         TU        TU        TU        TU       TU
            shop/web2 TU        .         TU        TU        TU       TU
            shop/api1 TU        TU        .         TU        TU       TU
            shop/api2 TU        TU        TU        .         TU       TU
            data/db1  TU        TU        TU        TU        .        TU
            data/db2  TU        TU        TU        TU        TU       .
            """;

    @RegisterExtension
    final OnCluster cluster = new OnCluster("np");

    private final List<NetworkPolicy> applied = new ArrayList<>();

    @BeforeAll
    void startPods() {
        String shop = cluster.namespace("shop");
        String data = cluster.namespace("data");
        cluster.namespaces.start(List.of(
                TestPod.serving(shop, "web1", cluster.firstNode(), Map.of("app", "web")),
                TestPod.serving(shop, "web2", cluster.secondNode(), Map.of("app", "web")),
                TestPod.naming(
                        TestPod.serving(shop, "api1", cluster.firstNode(), Map.of("app", "api")), "main", Protocol.TCP),
                TestPod.naming(
                        TestPod.serving(shop, "api2", cluster.secondNode(), Map.of("app", "api")),
                        "main",
                        Protocol.UDP),
                TestPod.serving(data, "db1", cluster.firstNode(), Map.of("app", "db")),
                TestPod.serving(data, "db2", cluster.secondNode(), Map.of("app", "db"))));
    }

    @AfterEach
    void deletePolicies() {
        applied.forEach(cluster.namespaces::delete);
        applied.clear();
    }

    @Test
    void withoutPoliciesEverybodyReachesEverybody() {
        cluster.assertTable(EVERYBODY_REACHES_EVERYBODY);
    }

    @Test
    void applyChangeAndDeleteEachTakeEffect() {
        given("data", "db", """
                podSelector: {matchLabels: {app: db}}
                policyTypes: [Ingress]
                """);
        cluster.assertTable("""
                          shop/web1 shop/api2 data/db1 data/db2
                shop/web1 .         TU        -        -
                shop/api2 TU        .         -        -
                data/db1  TU        TU        .        -
                """);

        given("data", "db", """
                podSelector: {matchLabels: {app: db}}
                policyTypes: [Ingress]
                ingress:
                - from:
                  - namespaceSelector: {matchLabels: {team: shop}}
                    podSelector: {matchLabels: {app: api}}
                  ports:
                  - {protocol: TCP, port: 8080}
                """);
        cluster.assertTable("""
                          data/db1 data/db2
                shop/web1 -        -
                shop/web2 -        -
                shop/api1 T        T
                shop/api2 T        T
                data/db1  .        -
                """);

        deletePolicies();
        cluster.enforcement.awaitNoPolicies(cluster.namespace("data"));
        cluster.assertTable(EVERYBODY_REACHES_EVERYBODY);
    }

    @Test
    void egressIsJudgedAtTheSender() {
        given("shop", "web-only-to-api-by-udp", """
                podSelector: {matchLabels: {app: web}}
                policyTypes: [Egress]
                egress:
                - to:
                  - podSelector: {matchLabels: {app: api}}
                  ports:
                  - {protocol: UDP, port: 8081}
                """);
        cluster.assertTable("""
                          shop/web1 shop/web2 shop/api1 shop/api2 data/db1 data/db2
                shop/web1 .         -         U         U         -        -
                shop/web2 -         .         U         U         -        -
                shop/api1 TU        TU        .         TU        TU       TU
                data/db2  TU        TU        TU        TU        TU       .
                """);
    }

    @Test
    void portRangesAndSelectorsByExpression() {
        given("shop", "api", """
                podSelector:
                  matchExpressions:
                  - {key: app, operator: In, values: [api, nobody]}
                ingress:
                - from:
                  - podSelector:
                      matchExpressions:
                      - {key: app, operator: NotIn, values: [api]}
                  ports:
                  - {protocol: TCP, port: 8000, endPort: 8080}
                - from:
                  - namespaceSelector:
                      matchExpressions:
                      - {key: team, operator: Exists}
                      - {key: team, operator: NotIn, values: [shop]}
                  ports:
                  - {protocol: UDP}
                """);
        cluster.assertTable("""
                          shop/api1 shop/api2
                shop/web1 T         T
                shop/web2 T         T
                shop/api1 .         -
                data/db1  U         U
                data/db2  U         U
                """);
    }

    @Test
    void ipBlocksHoldForPodAddressesToo() {
        given("data", "db", """
                podSelector: {}
                policyTypes: [Ingress]
                ingress:
                - from:
                  - ipBlock: {cidr: 0.0.0.0/0, except: [%s]}
                  - ipBlock: {cidr: "::/0", except: [%s]}
                """.formatted(
                        ranges(Family.IPV4, "shop/web1", "shop/api2"), ranges(Family.IPV6, "shop/web1", "shop/api2")));
        cluster.assertTable("""
                          data/db1 data/db2
                shop/web1 -        -
                shop/web2 TU       TU
                shop/api1 TU       TU
                shop/api2 -        -
                data/db1  .        TU
                """);
    }

    @Test
    void anIpBlockOfOneFamilyAllowsNothingOfTheOther() {
        given("data", "db", """
                podSelector: {}
                policyTypes: [Ingress]
                ingress:
                - from:
                  - ipBlock: {cidr: 0.0.0.0/0}
                """);
        TestPod web = cluster.pod("shop/web1");
        for (String server : List.of("data/db1", "data/db2")) {
            Attempt.all(web, cluster.pod(server), Protocol.TCP)
                    .forEach(attempt -> assertThat(cluster.connections.attempt(attempt))
                            .as(attempt.toString())
                            .isEqualTo(
                                    Family.of(attempt.address()) == Family.IPV4
                                            ? Outcome.ANSWERED
                                            : Outcome.TIMED_OUT));
        }
    }

    @Test
    void aNamedPortIsWhatTheReceivingPodCallsSo() {
        given("shop", "api-main", """
                podSelector: {matchLabels: {app: api}}
                ingress:
                - ports:
                  - {protocol: TCP, port: main}
                  - {protocol: UDP, port: main}
                """);
        cluster.assertTable("""
                          shop/api1 shop/api2
                shop/web1 T         U
                shop/web2 T         U
                data/db1  T         U
                """);
    }

    @Test
    void aNamedPortOfEgressIsWhatEachPeerCallsSo() {
        given("shop", "web-to-main", """
                podSelector: {matchLabels: {app: web}}
                policyTypes: [Egress]
                egress:
                - to:
                  - namespaceSelector: {}
                  ports:
                  - {protocol: TCP, port: main}
                  - {protocol: UDP, port: main}
                """);
        cluster.assertTable("""
                          shop/web2 shop/api1 shop/api2 data/db1 data/db2
                shop/web1 -         T         U         -        -
                shop/web2 .         T         U         -        -
                data/db1  TU        TU        TU        .        TU
                """);
    }

    @Test
    void relabelledPodsAndNamespacesTakeEffectAsPolicyChangesDo() {
        given("data", "db", """
                podSelector: {matchLabels: {app: db}}
                ingress:
                - from:
                  - namespaceSelector: {matchLabels: {team: shop}}
                    podSelector: {matchLabels: {app: api}}
                """);
        cluster.assertTable("""
                          data/db1 data/db2
                shop/web1 -        -
                shop/api1 TU       TU
                """);
        try {
            relabelPod("shop/web1", "api");
            relabelPod("data/db2", "idle");
            Await.until(
                    "web1 is let in",
                    () -> cluster.reaches("shop/web1", "data/db1").equals("TU"));
            Await.until(
                    "db2 is open",
                    () -> cluster.reaches("shop/web2", "data/db2").equals("TU"));
            cluster.assertTable("""
                              data/db1 data/db2
                    shop/web1 TU       TU
                    shop/web2 -        TU
                    shop/api2 TU       TU
                    """);
            relabelNamespace("shop", "other");
            Await.until(
                    "nobody is let in",
                    () -> cluster.reaches("shop/api1", "data/db1").isEmpty());
            cluster.assertTable("""
                              data/db1 data/db2
                    shop/web1 -        TU
                    shop/api2 -        TU
                    """);
        } finally {
            relabelNamespace("shop", "shop");
            relabelPod("shop/web1", "web");
            relabelPod("data/db2", "db");
        }
        Await.until(
                "db2 is closed again",
                () -> cluster.reaches("shop/web2", "data/db2").isEmpty());
        cluster.assertTable("""
                          data/db1 data/db2
                shop/web1 -        -
                shop/api1 TU       TU
                """);
    }

    private void relabelPod(String name, String app) {
        TestPod pod = cluster.pod(name);
        cluster.client.pods().inNamespace(pod.namespace()).withName(pod.name()).edit(one -> {
            one.getMetadata().getLabels().put("app", app);
            return one;
        });
    }

    private void relabelNamespace(String shortName, String team) {
        cluster.client.namespaces().withName(cluster.namespace(shortName)).edit(one -> {
            one.getMetadata().getLabels().put("team", team);
            return one;
        });
    }

    /** The pods' addresses of one family, as ranges in a YAML list. */
    private String ranges(Family family, String... pods) {
        return Arrays.stream(pods)
                .flatMap(pod -> cluster.pod(pod).addresses().stream())
                .filter(address -> Family.of(address) == family)
                .map(address -> '"' + Family.range(address) + '"')
                .collect(joining(", "));
    }

    /** Applies a policy for the time of one test, and waits until it is enforced. */
    private void given(String namespace, String name, String spec) {
        NetworkPolicy policy = cluster.apply(namespace, name, spec);
        applied.add(policy);
        cluster.enforcement.await(policy);
    }
}
