package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** The network plugin that Heddle is chained behind writes its configuration again, as its upgrade would. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("it changes a node's base network")
class BaseNetworkTest {

    private static final String OURS = "05-heddle.conflist";
    private static final String MTU = "\"mtu\": 1500";
    private static final String OTHER_MTU = "\"mtu\": 1400";

    @RegisterExtension
    final OnCluster cluster = new OnCluster("base");

    private String app = "";

    @BeforeAll
    void startPods() {
        app = cluster.namespace("app");
        cluster.namespaces.start(List.of(
                TestPod.serving(app, "friend", cluster.secondNode(), Map.of("role", "friend")),
                TestPod.serving(app, "stranger", cluster.secondNode(), Map.of("role", "stranger"))));
        cluster.enforce("app", "servers", """
                podSelector: {matchLabels: {role: server}}
                ingress:
                - from: [{podSelector: {matchLabels: {role: friend}}}]
                """);
    }

    @Test
    void heddleFollowsAndPodsStartUnderPolicyAllTheTime() throws IOException {
        Path folder = configurationOf(cluster.firstNode());
        Path base = baseOf(folder);
        String before = Files.readString(base);
        assertThat(before).contains(MTU);
        try {
            replace(base, before.replace(MTU, OTHER_MTU));
            Await.until(
                    "Heddle's configuration follows",
                    () -> text(folder.resolve(OURS)).contains("1400"));
            assertProtected("server1");
            assertThat(cluster.connections.exec(cluster.pod("app/server1"), "cat", "/sys/class/net/eth0/mtu"))
                    .isEqualToIgnoringNewLines("1400");
        } finally {
            replace(base, before);
        }
        Await.until(
                "Heddle's configuration follows",
                () -> text(folder.resolve(OURS)).contains("1500"));
        assertProtected("server2");
    }

    private void assertProtected(String server) {
        cluster.namespaces.start(List.of(TestPod.serving(app, server, cluster.firstNode(), Map.of("role", "server"))));
        cluster.assertTable("""
                             app/%s
                app/friend   TU
                app/stranger -
                """.formatted(server));
    }

    /** The node's folder, as the daemon there sees it. */
    private Path configurationOf(String node) {
        long daemon = LocalProcess.daemonOn(cluster.client, node).handle().pid();
        return Path.of("/proc/" + daemon + "/root/etc/cni/net.d");
    }

    private static Path baseOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().equals(OURS))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** As installers do: never half a file. */
    private static void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling(".next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // between two files
        }
    }
}
