package dev.heddle.operator;

import static dev.heddle.operator.Api.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and scrapers see of the operator that ships, with its own settings, in a process of its own. */
@Tag("apiserver")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false, apiServerFlags = "--allow-privileged=true")
class ShippedOperatorTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    @KubeConfig
    static String kubeConfig;

    @TempDir
    static Path scratch;

    private static Api api;
    private static Path operatorConfig;
    private static OperatorProcess leader;

    @BeforeAll
    static void start() throws Exception {
        api = new Api(kubeConfig);
        api.install();
        api.namespace("shop");
        api.allowRollOut("shop", "phone", "5d9c");
        operatorConfig = Files.writeString(scratch.resolve("kubeconfig"), api.operatorKubeConfig());
        leader = OperatorProcess.packaged(operatorConfig, "shipped", LEASE);
        await("it leads", () -> leader.said("leading; "));
        await("the policy is told of", () -> api.sources("shop").size() == 1);
    }

    @AfterAll
    static void close() {
        leader.close();
        api.close();
    }

    @Test
    void metricsSayWhoLeadsHowBusyItIsAndWhatItWrites() throws Exception {
        assertThat(leader.get("/metrics").body())
                .contains("# TYPE heddle_operator_leading gauge", "# TYPE heddle_operator_turn_seconds summary")
                .as("the virtual machine's")
                .contains("\njvm_memory_used_bytes{", "\nprocess_cpu_usage ", "\nsystem_cpu_usage ");
        assertThat(metric(leader, "heddle_operator_leading")).isEqualTo(1);
        assertThat(metric(leader, "heddle_operator_turn_seconds_count")).isPositive();
        assertThat(metric(leader, "heddle_operator_turn_seconds_sum")).isBetween(1e-6, 60.0);
        assertThat(metric(leader, "heddle_operator_writes_total{kind=\"PolicyHead\"}"))
                .as("of each namespace, and of the cluster")
                .isGreaterThanOrEqualTo(3);

        try (OperatorProcess second = OperatorProcess.packaged(operatorConfig, "shipped-second", LEASE)) {
            await("it has seen the leader", () -> second.said("the leader is shipped-"));
            assertThat(metric(second, "heddle_operator_leading")).isZero();
        }
    }

    @Test
    void probesAreAnswered() throws Exception {
        assertThat(leader.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(leader.get("/readyz").statusCode()).isEqualTo(200);
    }

    /** As docs/logs.md says it. */
    @Test
    void eachLineOfTheLogIsAnObjectThatNamesWhatItIsAbout() throws Exception {
        await("the policy is warned of", () -> warnings().size() == 1);

        JsonNode warning = warnings().getFirst();
        assertThat(Instant.parse(warning.path("time").asText())).isBefore(Instant.now());
        assertThat(warning.path("logger").asText()).startsWith("dev.heddle.operator.");
        assertThat(warning.path("message").asText())
                .startsWith("NetworkPolicy allow-phone: NotEnforced: spec.ingress[0].from[0].podSelector: ");
        assertThat(warning.path("object").properties())
                .extracting(field -> field.getKey() + "=" + field.getValue().asText())
                .containsExactlyInAnyOrder("kind=NetworkPolicy", "namespace=shop", "name=allow-phone", "generation=1");
    }

    private static List<JsonNode> warnings() throws Exception {
        return leader.entries().stream()
                .filter(entry -> entry.path("level").asText().equals("WARN"))
                .filter(entry -> entry.path("object").has("name"))
                .toList();
    }

    /** The value of a series, by its name and labels as they are printed. */
    private static double metric(OperatorProcess operator, String series) throws Exception {
        return operator.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series));
    }
}
