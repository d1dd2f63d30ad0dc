package dev.heddle.node.cni;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real plugin against the real socket; only the pod network is a stand-in. */
class CniServerTest {
    private static final Map<String, String> POD = Map.of(
            "CNI_CONTAINERID", "c1",
            "CNI_NETNS", "/run/netns/x",
            "CNI_IFNAME", "eth0",
            "CNI_ARGS", "K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-1");
    private static final String RESULT =
            "{\"cniVersion\": \"0.4.0\", \"ips\": [{\"version\": \"4\", \"address\": \"10.1.0.7/24\"}], \"dns\": {}}";

    private final FakePodNetwork network = new FakePodNetwork();
    private final Path socket;
    private final CniServer server;

    CniServerTest(@TempDir Path folder) {
        socket = folder.resolve("cni.sock");
        server = CniServer.listen(socket, network);
    }

    @BeforeEach
    void pluginIsBuilt() {
        assertThat(PluginRun.PLUGIN).as("made by Maven in generate-resources").isExecutable();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void addGivesThePreviousResultBackUnchanged() throws IOException {
        PluginRun run = run("ADD", 5);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.json()).isEqualTo(RequestParser.JSON.readTree(RESULT));
        assertThat(network.asked).singleElement().isInstanceOf(Attachment.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEL", "CHECK", "STATUS", "GC"})
    void theOthersSayNothingWhenDone(String command) {
        assertThat(run(command, 5)).isEqualTo(new PluginRun(0, ""));
        assertThat(network.asked).hasSize(1);
    }

    @Test
    void addThatWaitsTooLongFailsAndSaysForWhat() {
        network.next = new CompletableFuture<>();
        network.awaits = "policy set 3fa1 of namespace shop";

        PluginRun run = run("ADD", 1);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().path("code").asInt()).isEqualTo(11);
        assertThat(run.json().path("cniVersion").asText()).isEqualTo("0.4.0");
        assertThat(run.json().path("msg").asText())
                .isEqualTo("timed out after 1 s waiting for policy set 3fa1 of namespace shop");
        assertThat(network.next).as("nobody waits any more").isCancelled();
    }

    @Test
    void anAddThatFailsUnexpectedlyIsAnError() {
        network.next = CompletableFuture.failedFuture(new IllegalStateException("table full"));

        assertThat(run("ADD", 5).json().path("details").asText()).contains("table full");
    }

    @Test
    void refusalsReachTheRuntime() {
        network.next = CompletableFuture.completedFuture(
                CniOutcome.failed(CniErrorCode.NOT_PROTECTED, "device veth1 has no program"));

        PluginRun run = run("CHECK", 5);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().path("code").asInt()).isEqualTo(100);
        assertThat(run.json().path("msg").asText()).isEqualTo("device veth1 has no program");
    }

    @Test
    void withoutTheDaemonAddFailsDelSucceedsAndVersionAnswers() {
        server.close();

        assertThat(run("ADD", 5).json().path("code").asInt()).isEqualTo(11);
        assertThat(run("CHECK", 5).json().path("code").asInt()).isEqualTo(11);
        assertThat(run("STATUS", 5).json().path("code").asInt()).isEqualTo(50);
        assertThat(run("DEL", 5)).isEqualTo(new PluginRun(0, ""));
        assertThat(run("GC", 5)).isEqualTo(new PluginRun(0, ""));
        assertThat(run("VERSION", 5).json().path("supportedVersions")).hasSize(5);
    }

    @Test
    void aDaemonThatHangsIsAnErrorToo(@TempDir Path folder) throws IOException {
        Path deaf = folder.resolve("deaf.sock");
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(deaf));
            PluginRun run = PluginRun.of("ADD", POD, config(deaf, 1));

            assertThat(run.json().path("code").asInt()).isEqualTo(11);
            assertThat(run.json().path("details").asText()).containsIgnoringCase("timed out");
        }
    }

    @Test
    void theSocketIsRootsAloneAndAStaleOneIsReplaced() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        server.close();
        try (CniServer _ = CniServer.listen(socket, network)) {
            assertThat(run("DEL", 5).exitCode()).isZero();
        }
    }

    @Test
    void aClientThatSendsNothingOrRubbishDisturbsNobody() throws IOException {
        try (SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                SocketChannel rude = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            rude.write(ByteBuffer.wrap(new byte[] {'G', 'E', 'T', ' ', '/', '\n'}));
            assertThat(run("DEL", 5).exitCode()).isZero();
            assertThat(silent.isConnected()).isTrue();
        }
    }

    @Test
    void manyAtOnce() {
        List<CompletableFuture<Integer>> runs = IntStream.range(0, 100)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> run("ADD", 20).exitCode(),
                        task -> Thread.ofVirtual().name("pod-" + i).start(task)))
                .toList();

        assertThat(runs)
                .allSatisfy(run ->
                        assertThat(run).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(0));
        assertThat(network.asked).hasSize(100);
    }

    private PluginRun run(String command, int timeoutSeconds) {
        return PluginRun.of(command, POD, config(socket, timeoutSeconds));
    }

    private static String config(Path socket, int timeoutSeconds) {
        return """
                {"cniVersion": "0.4.0", "name": "pods", "type": "heddle-cni", "socket": "%s", "timeoutSeconds": %d,
                 "cni.dev/valid-attachments": [], "prevResult": %s}""".formatted(socket, timeoutSeconds, RESULT);
    }
}
