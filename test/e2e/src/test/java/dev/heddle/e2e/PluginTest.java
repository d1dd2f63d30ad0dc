package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What {@code kubectl heddle explain}, {@code whatif} and {@code flows} say, beside the connections that real pods make. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("it takes the operator away")
class PluginTest {

    private static final List<String> PODS = List.of("shop/web1", "shop/web2", "shop/api", "data/db");

    @RegisterExtension
    final OnCluster cluster = new OnCluster("plugin");

    private final List<NetworkPolicy> applied = new ArrayList<>();

    @BeforeAll
    void startPods() {
        String shop = cluster.namespace("shop");
        String data = cluster.namespace("data");
        cluster.namespaces.start(List.of(
                TestPod.serving(shop, "web1", cluster.firstNode(), Map.of("app", "web")),
                TestPod.serving(shop, "web2", cluster.secondNode(), Map.of("app", "web")),
                TestPod.serving(shop, "api", cluster.firstNode(), Map.of("app", "api")),
                TestPod.serving(data, "db", cluster.secondNode(), Map.of("app", "db"))));
    }

    @AfterEach
    void deletePolicies() {
        applied.forEach(cluster::withdraw);
        applied.clear();
    }

    @Test
    void explanationsAreWhatConnectionsMeetAndBothViewsAgree() {
        enforce("data", "db", """
                podSelector: {}
                ingress:
                - from:
                  - namespaceSelector: {matchLabels: {team: shop}}
                    podSelector: {matchLabels: {app: api}}
                  ports: [{protocol: TCP, port: 8000, endPort: 8080}]
                - from:
                  - ipBlock: {cidr: "%s/32"}
                """.formatted(cluster.pod("shop/web2").address()));
        enforce("shop", "web", """
                podSelector: {matchLabels: {app: web}}
                policyTypes: [Ingress, Egress]
                ingress:
                - from: [{podSelector: {}}]
                  ports: [{protocol: UDP, port: 8081}]
                egress:
                - to: [{namespaceSelector: {}}]
                  ports: [{protocol: UDP}]
                - to: [{podSelector: {matchLabels: {app: api}}}]
                """);
        Map<Attempt, Plugin.Outcome> explanations = explain(everything());
        Map<Attempt, Outcome> outcomes = cluster.connections.attempt(everything());
        explanations.forEach((attempt, explained) -> {
            Outcome outcome = outcomes.get(attempt);
            String expected = outcome == Outcome.ANSWERED ? "ALLOWED" : "DENIED";

            assertThat(explained.err()).as(attempt.toString()).isEmpty();
            JsonNode answer = explained.json();
            assertThat(answer.path("written").asText()).as(attempt.toString()).isEqualTo(expected);
            assertThat(answer.path("inForce").asText())
                    .as(attempt + " in the kernels")
                    .isEqualTo(expected);
            assertThat(explained.exit()).as(attempt.toString()).isEqualTo(outcome == Outcome.ANSWERED ? 0 : 1);
            assertSameRules(attempt, answer);
        });
    }

    /** Each half's kernel names the rule that the policies name. */
    private static void assertSameRules(Attempt attempt, JsonNode answer) {
        for (JsonNode half : answer.path("halves")) {
            assertThat(half.path("kernel").path("rule"))
                    .as(attempt + " " + half.path("direction").asText())
                    .isEqualTo(half.path("rule"));
        }
    }

    @Test
    void whatIfForetellsWhichConnectionsChange(@TempDir Path folder) throws IOException {
        enforce("shop", "api", """
                podSelector: {matchLabels: {app: api}}
                ingress:
                - from: [{podSelector: {matchLabels: {app: web}}}]
                  ports: [{protocol: TCP, port: 8080}]
                """);
        NetworkPolicy wanted = Policies.networkPolicy(cluster.namespace("shop"), "api", """
                podSelector: {matchLabels: {app: api}}
                policyTypes: [Ingress, Egress]
                ingress:
                - from: [{namespaceSelector: {matchLabels: {team: data}}}]
                  ports: [{protocol: UDP, port: 8000, endPort: 8081}]
                - from:
                  - ipBlock: {cidr: "%s/32"}
                egress:
                - to: [{podSelector: {}}]
                """.formatted(
                        cluster.pod("shop/web1").address()));
        Path file = Files.writeString(folder.resolve("api.yaml"), Serialization.asYaml(wanted));
        Map<Attempt, Outcome> before = cluster.connections.attempt(everything());

        Plugin.Outcome foretold = Plugin.run("whatif", "-f", file.toString(), "-o", "json");
        assertThat(foretold.err()).isEmpty();
        assertThat(foretold.exit()).isEqualTo(2);

        cluster.enforcement.await(cluster.namespaces.apply(wanted));
        cluster.connections.attempt(everything()).forEach((attempt, outcome) -> {
            String change = outcome == before.get(attempt) ? "" : outcome == Outcome.ANSWERED ? "ALLOWED" : "DENIED";
            assertThat(change(foretold.json(), attempt)).as(attempt.toString()).isEqualTo(change);
        });
        assertThat(Plugin.run("whatif", "-f", file.toString()).exit())
                .as("now it is there")
                .isZero();
    }

    @Test
    void whatIsWrittenAndNotInForceIsSaid() {
        Attempt attempt = Attempt.of(cluster.pod("shop/web1"), cluster.pod("data/db"), Protocol.TCP);
        Cluster.scaleOperator(cluster.client, 0);
        NetworkPolicy unheard = cluster.apply("data", "closed", "podSelector: {}");
        try {
            Plugin.Outcome explained = explain(attempt);
            assertThat(cluster.connections.attempt(attempt)).isEqualTo(Outcome.ANSWERED);
            assertThat(explained.exit()).isEqualTo(2);
            assertThat(explained.json().path("written").asText()).isEqualTo("DENIED");
            assertThat(explained.json().path("inForce").asText()).isEqualTo("ALLOWED");
        } finally {
            Cluster.scaleOperator(cluster.client, 1);
        }
        applied.add(unheard);
        cluster.enforcement.await(unheard);
        assertThat(explain(attempt).exit()).isEqualTo(1);
    }

    /** Web1 and api are on one node, db is on another: each node tells what its own hooks did. */
    @Test
    void flowsNameBothPodsAndTheRuleOfEachHook() {
        enforce("shop", "web", """
                podSelector: {matchLabels: {app: web}}
                policyTypes: [Egress]
                egress:
                - to:
                  - podSelector: {matchLabels: {app: api}}
                  - namespaceSelector: {matchLabels: {team: data}}
                """);
        enforce("data", "db", """
                podSelector: {}
                ingress:
                - from:
                  - namespaceSelector: {matchLabels: {team: shop}}
                    podSelector: {matchLabels: {app: api}}
                """);
        TestPod web = cluster.pod("shop/web1");
        Attempt toApi = Attempt.of(web, cluster.pod("shop/api"), Protocol.TCP);
        Attempt toDb = Attempt.of(web, cluster.pod("data/db"), Protocol.TCP);
        assertThat(cluster.connections.attempt(toApi)).isEqualTo(Outcome.ANSWERED);
        assertThat(cluster.connections.attempt(toDb)).isNotEqualTo(Outcome.ANSWERED);

        String shop = cluster.namespace("shop");
        String data = cluster.namespace("data");
        String webByName = shop + "/web1";
        String byWeb = shop + "/web spec.egress[0]";
        Await.until(
                "the node of web1 tells of both connections",
                () -> flows(web, toApi)
                                .containsAll(List.of(
                                        "ALLOWED EGRESS " + webByName + " > " + shop + "/api by " + byWeb,
                                        "ALLOWED INGRESS " + webByName + " > " + shop + "/api by nothing"))
                        && flows(web, toDb)
                                .contains("ALLOWED EGRESS " + webByName + " > " + data + " app=db by " + byWeb));
        Await.until(
                "the node of db tells of the drop",
                () -> flows(cluster.pod("data/db"), toDb)
                        .contains("DROPPED INGRESS " + shop + " app=web > " + data + "/db by " + data
                                + "/db spec.podSelector"));
    }

    /** What the node of a pod tells of packets to where an attempt goes. */
    private static List<String> flows(TestPod pod, Attempt attempt) {
        Plugin.Outcome told = Plugin.run("flows", pod.toString(), "--limit", "0", "-o", "json");
        assertThat(told.err()).isEmpty();
        assertThat(told.exit()).isZero();
        List<String> flows = new ArrayList<>();
        for (JsonNode each : told.json().path("flows")) {
            JsonNode flow = each.path("flow");
            JsonNode to = flow.path("destination");
            if (to.path("address").asText().equals(attempt.address())
                    && to.path("port").asInt() == attempt.port()) {
                flows.add(flow.path("verdict").asText() + " "
                        + flow.path("direction").asText() + " " + who(flow.path("source")) + " > " + who(to) + " by "
                        + rule(flow.path("rule")));
            }
        }
        return flows;
    }

    /** Of the node's own pods the name is told, of others the labels. */
    private static String who(JsonNode end) {
        JsonNode who = end.path("who");
        return who.path("namespace").asText()
                + (who.has("pod")
                        ? "/" + who.path("pod").asText()
                        : " app=" + who.path("labels").path("app").asText());
    }

    private static String rule(JsonNode rule) {
        return rule.isMissingNode()
                ? "nothing"
                : rule.path("namespace").asText() + "/" + rule.path("name").asText() + " "
                        + rule.path("field").asText();
    }

    private void enforce(String namespace, String name, String spec) {
        applied.add(cluster.enforce(namespace, name, spec));
    }

    /** Asks about each, as many at a time as there are processors. */
    private static Map<Attempt, Plugin.Outcome> explain(List<Attempt> attempts) {
        try (ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            Map<Attempt, Future<Plugin.Outcome>> asked = new LinkedHashMap<>();
            attempts.forEach(attempt -> asked.put(attempt, workers.submit(() -> explain(attempt))));
            Map<Attempt, Plugin.Outcome> explanations = new LinkedHashMap<>();
            asked.forEach((attempt, explanation) -> explanations.put(attempt, result(explanation)));
            return explanations;
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("could not be asked", e);
        }
    }

    private static Plugin.Outcome explain(Attempt attempt) {
        return Plugin.run(
                "explain",
                attempt.from().toString(),
                attempt.address(),
                "--port",
                Integer.toString(attempt.port()),
                "--protocol",
                attempt.protocol().name().toLowerCase(Locale.ROOT),
                "-o",
                "json");
    }

    /** What whatif says will become of a connection; empty when it says nothing. */
    private String change(JsonNode answer, Attempt attempt) {
        for (JsonNode pair : answer.path("pairs")) {
            String family = pair.path("family").asText("");
            boolean ofFamily = family.isEmpty()
                    || family.equalsIgnoreCase(Family.of(attempt.address()).name());
            if (ofFamily
                    && pair.path("from").path("name").asText().equals(workload(attempt.from()))
                    && pair.path("to").path("name").asText().equals(workload(at(attempt.address())))) {
                for (JsonNode change : pair.path("changes")) {
                    String protocol = change.path("protocol").asText();
                    boolean concerned = protocol.equals("all")
                            || protocol.equals(attempt.protocol().name());
                    if (concerned && covers(change.path("ports").asText(), attempt.port())) {
                        return change.path("then").asText();
                    }
                }
            }
        }
        return "";
    }

    private static boolean covers(String ports, int port) {
        return ports.equals("all")
                || Arrays.stream(ports.split(", ", -1)).anyMatch(range -> {
                    String[] ends = range.split("-", -1);
                    return Integer.parseInt(ends[0]) <= port && port <= Integer.parseInt(ends[ends.length - 1]);
                });
    }

    private static String workload(TestPod pod) {
        return pod.namespace() + "/pod/" + pod.name();
    }

    private TestPod at(String address) {
        return PODS.stream()
                .map(cluster::pod)
                .filter(pod -> pod.addresses().contains(address))
                .findFirst()
                .orElseThrow();
    }

    private List<Attempt> everything() {
        List<Attempt> attempts = new ArrayList<>();
        for (String from : PODS) {
            for (String to : PODS) {
                for (Protocol protocol : Protocol.values()) {
                    if (!from.equals(to)) {
                        attempts.addAll(Attempt.all(cluster.pod(from), cluster.pod(to), protocol));
                    }
                }
            }
        }
        return attempts;
    }
}
