package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.cni.PluginRun;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pod c is new, and sends from its first instruction: real plugin, real daemon, real API server. As with a real runtime, a
 * pod's own processes begin when ADD has succeeded; what floods before that is in its namespace by other ways. Pod b is open
 * to everybody, so that only c's own policy is between them.
 */
@Tag("netns")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false)
class NewPodTest {

    private static final int OPEN = 7001;
    private static final int CLOSED = 7002;
    private static final String[] POLICY = {"c reaches udp 7001 at b", "c accepts udp 7001 from b"};

    @KubeConfig
    static String kubeConfig;

    private static NodeObjects objects;

    private TestPins pins;
    private TwoPods pods;
    private Path folder;
    private NodeProcess node;
    private ChildDaemon daemon;

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

    @Test
    void isUnderPolicyFromItsFirstPacketAndIsNotHeldUp() throws Exception {
        admit(TwoPods.C);

        assertPolicyFromTheFirstPacket();
    }

    /** Its object has not come: ADD waits, and its device is closed although somebody sends there from before. */
    @Test
    void isClosedWhileItsAddWaitsAndWhenTheDaemonDiesMeanwhile() throws Exception {
        TwoPods.comes(TwoPods.C);
        TwoPods.C.knowsNeighbour(TwoPods.B);
        TwoPods.B.knowsNeighbour(TwoPods.C);
        try (Flood flood = new Flood()) {
            CompletableFuture<PluginRun> add = CompletableFuture.supplyAsync(() -> node.add(TwoPods.C));
            await(() -> links() == 2);
            flood.assertNothingPasses();
            assertThat(add).isNotDone();

            daemon.kill();
            assertRefused(add.get(5, TimeUnit.SECONDS), "the node daemon");
            flood.assertNothingPasses();
            assertRefused(node.add(TwoPods.C), NodeProcess.AWAY);
            flood.assertNothingPasses();

            startDaemon();
            assertRefused(node.add(TwoPods.C, 10), "timed out after 10 s waiting for pod shop/c to appear");
            flood.assertNothingPasses();
        }
        objects.pod(TwoPods.C);
        assertAdmitted(node.add(TwoPods.C));
        assertPolicyFromTheFirstPacket();
    }

    /** The daemon is killed at many moments of an ADD. The runtime tries again until one succeeds. */
    @Test
    void isUnderPolicyAlthoughTheDaemonIsKilledDuringItsAdd() throws Exception {
        objects.pod(TwoPods.C);
        for (int millis : List.of(2, 10, 40)) {
            TwoPods.comes(TwoPods.C);
            CompletableFuture<PluginRun> add = CompletableFuture.supplyAsync(() -> node.add(TwoPods.C));
            Thread.sleep(millis);
            daemon.kill();
            boolean admitted = add.get(5, TimeUnit.SECONDS).exitCode() == 0;
            if (admitted) {
                assertPolicyFromTheFirstPacket();
            }
            startDaemon();
            if (!admitted) {
                assertAdmitted(node.add(TwoPods.C));
            }
            assertPolicyFromTheFirstPacket();
            assertThat(node.del(TwoPods.C).exitCode()).isZero();
            TwoPods.goes(TwoPods.C);
        }
    }

    @Test
    void doesNotStartWithoutADaemon() throws Exception {
        objects.pod(TwoPods.C);
        daemon.kill();
        TwoPods.comes(TwoPods.C);
        long began = System.nanoTime();

        assertRefused(node.add(TwoPods.C), NodeProcess.AWAY);
        assertThat(System.nanoTime() - began).as("at once").isLessThan(TimeUnit.SECONDS.toNanos(5));

        startDaemon();
        assertAdmitted(node.add(TwoPods.C));
        assertPolicyFromTheFirstPacket();
    }

    /** What is deleted without a daemon is forgotten by the next: nothing is left for another pod at its address. */
    @Test
    void inheritsNothingOfAPodThatWasDeletedWithoutADaemon() throws Exception {
        admit(TwoPods.D);
        assertThat(attachments()).hasSize(2);
        int gone = TwoPods.D.ifindex();
        daemon.kill();

        PluginRun del = node.del(TwoPods.D);
        TwoPods.goes(TwoPods.D);

        assertThat(del.exitCode()).as(del.output()).isZero();
        startDaemon();
        await(() -> attachments().size() == 1);
        await(() -> TestPins.links().keySet().stream().noneMatch(pin -> pin.endsWith("-" + gone)));
        admit(TwoPods.C);
        assertPolicyFromTheFirstPacket();
    }

    /** The sandbox of a pod that the daemon before knew is made anew, and the API server is away. */
    @Test
    void isAdmittedByADaemonThatStartsWithoutTheApiServerIfTheLastOneKnewIt() throws Exception {
        objects.pod(TwoPods.C);
        awaitKept();
        daemon.kill();
        startDaemon(withoutServer());
        TwoPods.comes(TwoPods.C);
        TwoPods.comes(TwoPods.D);

        assertAdmitted(node.add(TwoPods.C));
        assertPolicyFromTheFirstPacket();
        assertRefused(node.add(TwoPods.D, 2), "timed out after 2 s waiting for pod shop/d to appear");

        daemon.kill();
        startDaemon();
        objects.pod(TwoPods.D);
        assertAdmitted(node.add(TwoPods.D));
        assertPolicyFromTheFirstPacket();
    }

    /** Other nodes cannot hear of it then, to whom it is pending; its own node knows all that protects it. */
    @Test
    void waitsTenSecondsAndNoLongerForOtherNodesToHearOfItWhileTheApiServerIsAway() throws Exception {
        objects.pod(TwoPods.C);
        awaitKept();
        TwoPods.comes(TwoPods.C);
        long began = System.nanoTime();
        try (SuspendedServer _ = new SuspendedServer()) {
            assertRefused(
                    node.add(TwoPods.C, 2),
                    "timed out after 2 s waiting for address 10.199.77.4 to be published in NodeEndpoints one");
            assertAdmitted(node.add(TwoPods.C));
            assertThat(System.nanoTime() - began).isBetween(TimeUnit.SECONDS.toNanos(12), TimeUnit.SECONDS.toNanos(25));
            assertPolicyFromTheFirstPacket();
        }
    }

    /** What is kept is never older than what is in force: a change makes it worthless until it is written anew. */
    @Test
    void waitsForTheApiServerWhenSomethingChangedLast() throws Exception {
        objects.pod(TwoPods.C);
        awaitKept();
        objects.pod(TwoPods.D);
        await(() -> keptAt() == 0);
        daemon.kill();
        startDaemon(withoutServer());
        TwoPods.comes(TwoPods.C);

        assertRefused(node.add(TwoPods.C, 10), "timed out after 10 s waiting for the API server's lists");
    }

    /** No operator has told of the namespace, nor of the cluster: the daemon reads what the users wrote, and nobody waits. */
    @Test
    void isUnderItsPolicyAlthoughThereIsNoOperator() throws Exception {
        daemon.kill();
        objects.noHeads();
        try {
            objects.written("c", "b", OPEN);
            startDaemon();
            assertAdmitted(node.add(TwoPods.B));
            admit(TwoPods.C);
            assertPolicyFromTheFirstPacket();
        } finally {
            objects.nothingWritten();
            objects.policy(POLICY);
        }
    }

    /** The same while the operator tells of it: what holds does not change, and from then on its word counts. */
    @Test
    void followsTheOperatorWhenItComes() throws Exception {
        daemon.kill();
        objects.noHeads();
        startDaemon();
        assertAdmitted(node.add(TwoPods.B));
        admit(TwoPods.C);
        try (UdpStream denied = UdpStream.between(TwoPods.C, TwoPods.B, CLOSED)) {
            denied.awaitReceived(100); // no policy was written, so all is open

            objects.policy(POLICY);
            await(() -> {
                long before = denied.received();
                long sent = denied.sent();
                await(() -> denied.sent() > sent + 100);
                return denied.received() == before;
            });
        } finally {
            objects.policy(POLICY);
        }
        assertPolicyFromTheFirstPacket();
    }

    /** When the daemon kept what it knows, in milliseconds; 0 when it did not. */
    private long keptAt() {
        return folder.resolve("world/objects.gz").toFile().lastModified();
    }

    /** The same, but nobody listens there. */
    private static String withoutServer() {
        return kubeConfig.replaceAll("(server: \"?https://[^:]+):\\d+", "$1:1");
    }

    private void startDaemon() throws Exception {
        startDaemon(kubeConfig);
    }

    private void startDaemon(String config) throws Exception {
        daemon = node.start(config);
        node.awaitAnswer();
    }

    /** A pod is made, gets its device, and ADD succeeds. */
    private void admit(TwoPods.Pod pod) throws Exception {
        objects.pod(pod);
        TwoPods.comes(pod);
        assertAdmitted(node.add(pod));
    }

    private void awaitKept() {
        long known = System.currentTimeMillis();
        await(() -> keptAt() > known);
    }

    /** The pod's first instruction: all that its policy lets out arrives, and nothing else does. */
    private static void assertPolicyFromTheFirstPacket() throws Exception {
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

    /** Datagrams in both directions, of all kinds. */
    private static final class Flood implements AutoCloseable {
        private final List<UdpStream> streams = List.of(
                UdpStream.between(TwoPods.C, TwoPods.B, OPEN),
                UdpStream.between(TwoPods.C, TwoPods.B, CLOSED),
                UdpStream.between(TwoPods.B, TwoPods.C, OPEN));

        /** Nothing but what was under way. */
        void assertNothingPasses() {
            awaitSent(500);
            List<Long> received = received();
            awaitSent(2000);
            assertThat(received()).as("received").isEqualTo(received);
        }

        private List<Long> received() {
            return streams.stream().map(UdpStream::received).toList();
        }

        private void awaitSent(int more) {
            List<Long> before = streams.stream().map(UdpStream::sent).toList();
            for (int i = 0; i < before.size(); i++) {
                UdpStream stream = streams.get(i);
                long enough = before.get(i) + more;
                await(() -> stream.sent() >= enough);
            }
        }

        @Override
        public void close() throws IOException {
            for (UdpStream stream : streams) {
                stream.close();
            }
        }
    }

    private static void assertAdmitted(PluginRun run) {
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    private static void assertRefused(PluginRun run, String message) {
        assertThat(run.exitCode()).as(run.output()).isNotZero();
        assertThat(run.output()).contains(message);
    }

    private static long links() {
        return TestPins.links().keySet().stream()
                .filter(pin -> pin.endsWith("-" + TwoPods.C.ifindex()))
                .count();
    }

    private List<String> attachments() {
        String[] files = folder.resolve("attachments").toFile().list((where, name) -> name.endsWith(".json"));
        return List.of(Objects.requireNonNull(files));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
