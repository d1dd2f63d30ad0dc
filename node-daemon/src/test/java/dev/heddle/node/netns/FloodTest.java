package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.packetlife.Family;
import dev.heddle.node.packetlife.Sentence;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A pod floods another with SYNs, each from a port of its own, so that far more flows begin than may be known of one pod. No
 * other pod loses a connection by that, neither where the flood is not for it nor with the very pod that is flooded: there a
 * flow is known, or its replies are judged by the tables. Every pod that answers here may send nothing of itself.
 */
@Tag("netns")
class FloodTest {

    private static final int PORT = 7001;
    private static final int CONNECTIONS = 100;
    /** Before each connection. Twice the budget in all. */
    private static final int SYNS = 2 * Flows.BUDGET / CONNECTIONS;

    private static final int FIRST_PORT = 10_000;
    /** What TCP may have of the budget. */
    private static final int SHARE = Flows.BUDGET / 4 * 3;

    private TestPins pins;
    private TwoPods pods;

    @BeforeEach
    void up() {
        pins = new TestPins();
        pods = TwoPods.up();
        TwoPods.comes(TwoPods.C);
        TwoPods.comes(TwoPods.D);
    }

    @AfterEach
    void down() {
        pods.close();
        pins.close();
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aFloodOfSynsCostsPodsThatItIsNotForNoConnection(Family family) throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                Flows flows = new Flows();
                Echo _ = new Echo(TwoPods.B, family)) {
            floodUnder(
                    daemon,
                    "a reaches all at d",
                    "a accepts nothing",
                    "b accepts all from anyone",
                    "b reaches nothing",
                    "c reaches tcp 7001 at b",
                    "c accepts nothing");

            assertThat(connectUnderFlood(TwoPods.D, family)).isEqualTo(CONNECTIONS);
            assertThat(flows.charged(TwoPods.A)).as("flows of a").isBetween(SHARE, Flows.BUDGET);
            assertThat(flows.charged(TwoPods.B)).as("flows of b").isLessThan(SHARE);
            assertThat(connects(TwoPods.A, TwoPods.B, family)).as("denied").isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aFloodOfSynsCostsThePodThatItIsForNoConnectionEither(Family family) throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                Flows flows = new Flows();
                Echo _ = new Echo(TwoPods.B, family);
                Echo _ = new Echo(TwoPods.D, family)) {
            floodUnder(
                    daemon,
                    "b accepts all from a",
                    "b accepts tcp 7001 from c",
                    "b reaches tcp 7001 at d",
                    "c reaches tcp 7001 at b",
                    "c accepts nothing");

            assertThat(connectUnderFlood(TwoPods.B, family)).isEqualTo(CONNECTIONS);
            assertThat(flows.charged(TwoPods.B)).as("flows of b").isBetween(SHARE, Flows.BUDGET);
            assertThat(connects(TwoPods.B, TwoPods.D, family)).as("from b").isTrue();
            assertThat(connects(TwoPods.B, TwoPods.C, family)).as("denied").isFalse();
            assertThat(connects(TwoPods.D, TwoPods.B, family)).as("denied").isFalse();
        }
    }

    private static void floodUnder(SmallDaemon daemon, String... sentences) {
        daemon.knows(TwoPods.C);
        daemon.knows(TwoPods.D);
        daemon.enforce(Sentence.rules(sentences));
    }

    /** From c to b, while a floods the victim. @return how many connections could be used */
    private static int connectUnderFlood(TwoPods.Pod victim, Family family) {
        int connected = 0;
        for (int i = 0; i < CONNECTIONS; i++) {
            flood(victim, family, i);
            connected += connects(TwoPods.C, TwoPods.B, family) ? 1 : 0;
        }
        return connected;
    }

    /** SYNs to ports where nobody listens, each from a port of its own: each begins a flow. */
    private static void flood(TwoPods.Pod victim, Family family, int round) {
        TwoPods.A.inside(() -> {
            for (int i = 0; i < SYNS; i++) {
                try (SocketChannel channel = SocketChannel.open()) {
                    channel.configureBlocking(false);
                    channel.connect(place(victim, family, FIRST_PORT + round * SYNS + i));
                } catch (ConnectException e) {
                    // It was answered at once: nobody listens there.
                }
            }
            return true;
        });
    }

    /** Whether a pod gets its question back from another's echo. */
    private static boolean connects(TwoPods.Pod client, TwoPods.Pod server, Family family) {
        return client.inside(() -> {
            try (Socket socket = new Socket()) {
                socket.setSoTimeout(800);
                socket.connect(place(server, family, PORT), 800);
                socket.getOutputStream().write(7);
                return socket.getInputStream().read() == 7;
            } catch (SocketTimeoutException e) {
                return false;
            }
        });
    }

    private static InetSocketAddress place(TwoPods.Pod pod, Family family, int port) {
        return new InetSocketAddress(pod.address(family), port);
    }

    /** Answers each connection with the first byte that it brings. */
    private static final class Echo implements AutoCloseable {
        private final ServerSocketChannel listener;

        Echo(TwoPods.Pod pod, Family family) {
            listener = pod.inside(() -> ServerSocketChannel.open().bind(place(pod, family, PORT), CONNECTIONS));
            Thread.ofPlatform().name("echo").daemon().start(this::serve);
        }

        private void serve() {
            while (listener.isOpen()) {
                try (Socket socket = listener.accept().socket()) {
                    socket.getOutputStream().write(socket.getInputStream().read());
                } catch (IOException e) {
                    // The client hears of it.
                }
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
