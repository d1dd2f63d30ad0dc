package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.cni.PluginRun;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pod c is new, and sends from its first instruction; what floods before that is in its namespace by other ways. The daemon runs, dies
 * meanwhile, or is not there.
 */
@Tag("netns")
@NullUnmarked
class NewPodTest extends NewPod {

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
            await(() -> refusal(node.add(TwoPods.C, 10))
                    .contains("timed out after 10 s waiting for pod shop/c to appear")); // once it has read all
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

    private static long links() {
        return TestPins.links().keySet().stream()
                .filter(pin -> pin.endsWith("-" + TwoPods.C.ifindex()))
                .count();
    }

    private List<String> attachments() {
        String[] files = folder.resolve("attachments").toFile().list((where, name) -> name.endsWith(".json"));
        return List.of(Objects.requireNonNull(files));
    }
}
