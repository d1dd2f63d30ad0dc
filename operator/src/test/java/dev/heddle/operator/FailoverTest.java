package dev.heddle.operator;

import static dev.heddle.operator.Api.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.PolicySource;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators in processes of their own, killed and suspended; the API server's audit log says who wrote what. */
@Tag("apiserver")
@NullUnmarked
@EnableKubeAPIServer(
        updateKubeConfigFile = false,
        apiServerFlags = {
            "--allow-privileged=true",
            "--audit-policy-file=src/test/resources/audit-policy.yaml",
            "--audit-log-path=target/failover-audit.log"
        })
class FailoverTest {

    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final AuditLog AUDIT = new AuditLog(Path.of("target/failover-audit.log"));
    /** The log is that of earlier runs too. */
    private static final String RUN = Long.toHexString(System.nanoTime());

    @KubeConfig
    static String kubeConfig;

    @TempDir
    static Path scratch;

    private static Api api;
    private static Path operatorConfig;

    @BeforeAll
    static void install() throws Exception {
        api = new Api(kubeConfig);
        api.install();
        api.node("node1", "10.244.1.0/24");
        api.namespace("shop");
        api.pod("shop", "web", "node1");
        operatorConfig = Files.writeString(scratch.resolve("kubeconfig"), api.operatorKubeConfig());
    }

    @AfterAll
    static void close() {
        api.close();
    }

    @Test
    void oneWritesAndTheNextTakesOverWhenItIsKilledOrHangs() throws Exception {
        try (OperatorProcess first = start("first")) {
            await("the first leads", () -> leads(first));
            tell(80);
            try (OperatorProcess second = start("second")) {
                await("the second waits for its turn", () -> AUDIT.looksAtTheLease(second.identity) > 1);
                tell(81);
                assertThat(AUDIT.writes(second.identity)).isEmpty();

                first.kill();
                await("the second leads", () -> leads(second));
                tell(82);
                assertThat(AUDIT.writes(second.identity))
                        .as("only what changed")
                        .isNotEmpty()
                        .allMatch(write -> write.contains("policyheads/shop")
                                || write.contains("enforcementreports/")
                                || write.contains("events/"));

                try (OperatorProcess third = start("third")) {
                    await("the third waits for its turn", () -> AUDIT.looksAtTheLease(third.identity) > 1);
                    second.suspend();
                    await("the third leads", () -> leads(third));
                    tell(83);
                    List<String> before = AUDIT.writes(second.identity);

                    second.resume();
                    assertThat(second.ends(LEASE))
                            .as("who has lost the lease ends")
                            .isTrue();
                    assertThat(AUDIT.writes(second.identity)).isEqualTo(before);
                    tell(84);
                }
            }
        }
    }

    /** A kubelet would start it again and again in vain, and then late. */
    @Test
    void oneThatLosesTheApiServerEndsWhenItIsBack() throws Exception {
        try (OperatorProcess leader = start("cut-off")) {
            await("it leads", () -> leads(leader));
            ProcessHandle server = ProcessHandle.current()
                    .children()
                    .filter(FailoverTest::isApiServer)
                    .findFirst()
                    .orElseThrow();
            Signal.send("STOP", server);
            try {
                await("it leads no more", () -> leader.said("does not lead any more"));
                await("it waits", () -> leader.said("does not answer; this process ends when it does"));
                assertThat(leader.isAlive()).isTrue();
            } finally {
                Signal.send("CONT", server);
            }
            assertThat(leader.ends(Duration.ofSeconds(30))).isTrue();
        }
    }

    private static boolean isApiServer(ProcessHandle process) {
        return Stream.of(process.info().arguments().orElse(new String[0]))
                .anyMatch(argument -> argument.startsWith("--etcd-servers"));
    }

    private static OperatorProcess start(String name) throws Exception {
        return new OperatorProcess(operatorConfig, name + "-" + RUN, LEASE);
    }

    private static boolean leads(OperatorProcess operator) {
        Lease lease = api.admin
                .leases()
                .inNamespace(RunningOperator.NAMESPACE)
                .withName("heddle-operator")
                .get();
        return lease != null
                && lease.getSpec().getHolderIdentity() != null
                && lease.getSpec().getHolderIdentity().startsWith(operator.identity);
    }

    /** Changes the policy of shop, and waits until nodes are told. */
    private static void tell(int port) throws Exception {
        api.allow("shop", "web", "TCP", port);
        long generation = api.admin
                .network()
                .v1()
                .networkPolicies()
                .inNamespace("shop")
                .withName("allow-web")
                .require()
                .getMetadata()
                .getGeneration();
        await("nodes are told of port " + port, () -> told() == generation);
    }

    private static long told() {
        return api.sources("shop").stream()
                .mapToLong(PolicySource::generation)
                .max()
                .orElse(0);
    }
}
