package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.cni.PluginRun;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A new pod c beside pod b, with a real plugin, a real daemon and a real API server. As with a real runtime, a pod's own processes begin
 * when ADD has succeeded. Pod b is open to everybody, so that only c's own policy is between them.
 */
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false)
abstract class NewPod {

    static final int OPEN = 7001;
    static final int CLOSED = 7002;
    static final String[] POLICY = {"c reaches udp 7001 at b", "c accepts udp 7001 from b"};

    @KubeConfig
    static String kubeConfig;

    static NodeObjects objects;

    Path folder;
    NodeProcess node;
    ChildDaemon daemon;
    private TestPins pins;
    private TwoPods pods;

    @BeforeAll
    static void cluster() throws IOException {
        objects = new NodeObjects(kubeConfig);
        objects.policy(POLICY);
    }

    @AfterAll
    static void noCluster() {
        objects.close();
    }

    @BeforeEach
    void up() throws Exception {
        pins = new TestPins();
        pods = TwoPods.up();
        folder = Files.createTempDirectory("new-pod");
        node = new NodeProcess(folder);
        objects.noPods();
        objects.pod(TwoPods.B);
        startDaemon();
        assertAdmitted(node.add(TwoPods.B));
    }

    @AfterEach
    void down() throws Exception {
        daemon.kill();
        pods.close();
        pins.close();
    }

    final void startDaemon() throws Exception {
        startDaemon(kubeConfig);
    }

    final void startDaemon(String config) throws Exception {
        daemon = node.start(config);
        node.awaitAnswer();
    }

    /** A pod is made, gets its device, and ADD succeeds. */
    final void admit(TwoPods.Pod pod) throws Exception {
        objects.pod(pod);
        TwoPods.comes(pod);
        assertAdmitted(node.add(pod));
    }

    /** When the daemon kept what it knows, in milliseconds; 0 when it did not. */
    final long keptAt() {
        return folder.resolve("world/objects.gz").toFile().lastModified();
    }

    /** The API server's configuration, but nobody listens there. */
    static String withoutServer() {
        return kubeConfig.replaceAll("(server: \"?https://[^:]+):\\d+", "$1:1");
    }

    final void awaitKept() {
        long known = System.currentTimeMillis();
        await(() -> keptAt() > known);
    }

    /** The pod's first instruction: all that its policy lets out arrives, and nothing else does. */
    static void assertPolicyFromTheFirstPacket() throws Exception {
        try (UdpStream denied = UdpStream.between(TwoPods.C, TwoPods.B, CLOSED);
                UdpStream allowed = UdpStream.between(TwoPods.C, TwoPods.B, OPEN);
                UdpStream uninvited = UdpStream.between(TwoPods.B, TwoPods.C, CLOSED)) {
            allowed.awaitReceived(500);
            allowed.stop();
            denied.stop();
            uninvited.stop();
            assertThat(allowed.received()).as("allowed").isEqualTo(allowed.sent());
            assertThat(denied.sent()).isPositive();
            assertThat(denied.received()).as("denied").isZero();
            assertThat(uninvited.sent()).isPositive();
            assertThat(uninvited.received()).as("denied").isZero();
        }
    }

    static void assertAdmitted(PluginRun run) {
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    static void assertRefused(PluginRun run, String message) {
        assertThat(refusal(run)).contains(message);
    }

    /** What it said instead of letting the pod start. */
    static String refusal(PluginRun run) {
        assertThat(run.exitCode()).as(run.output()).isNotZero();
        return run.output();
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
