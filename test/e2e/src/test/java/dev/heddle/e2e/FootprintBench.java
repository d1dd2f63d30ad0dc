package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.bench.Comparison;
import dev.heddle.bench.Report;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What the node daemon costs a node while nothing happens: the shipped image on a node of the local cluster, which
 * knows 1,000 addresses of another node. It is killed, and measured from its next start on.
 */
@Tag("bench")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FootprintBench {

    private static final int ADDRESSES = 1_000;
    private static final String CASE = ADDRESSES + " addresses";
    private static final double MEMORY_BUDGET_MIB = 120;
    private static final double READY_BUDGET_SECONDS = 2.5;

    /** Longer than the daemon's audits and sweeps: what they need is then counted. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final KubernetesClient client = Cluster.client();
    private final CrowdedNode crowd = new CrowdedNode(client, "footprint");
    private String node = "";

    @BeforeAll
    void addAddresses() {
        node = Cluster.twoNodes(client).getFirst();
        crowd.claim(ADDRESSES);
    }

    @AfterAll
    void removeAddresses() {
        crowd.close();
        client.close();
    }

    @Test
    void footprint() throws IOException, InterruptedException {
        LocalProcess before = LocalProcess.daemonOn(client, node);
        before.kill();
        Await.until("a new daemon", () -> LocalProcess.isThereOn(client, node));
        LocalProcess daemon = LocalProcess.daemonOn(client, node);
        DaemonMetrics metrics = new DaemonMetrics(daemon);
        Await.until("its first live revision", () -> metrics.value("heddle_startup_seconds") > 0);
        Await.until(CASE + " known", () -> metrics.value("heddle_addresses") >= ADDRESSES);
        double readySeconds = metrics.value("heddle_startup_seconds");
        Thread.sleep(IDLE); // what is measured is time that passes
        assertThat(metrics.value("heddle_addresses")).isGreaterThanOrEqualTo(ADDRESSES);

        double anonymous = kibibytes(daemon, "RssAnon:") / 1024.0;
        double resident = kibibytes(daemon, "VmRSS:") / 1024.0;
        double tables = metrics.value("heddle_table_bytes") / 1048576.0;
        System.out.printf("resident %.1f MiB, of which tables mapped at most %.1f MiB%n", resident, tables);
        Report.publish(
                "footprint",
                "the node daemon, idle",
                "budget",
                List.of(
                        Comparison.ofBudget("footprint", CASE, "MiB anonymous", anonymous, MEMORY_BUDGET_MIB),
                        Comparison.ofBudget("footprint", CASE, "s to ready", readySeconds, READY_BUDGET_SECONDS)));
    }

    private static long kibibytes(LocalProcess process, String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.handle().pid() + "/status")).stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
