package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.layout.DropReason;
import dev.heddle.node.packetlife.Sentence;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A pod that opens more connections than it may be known for gets no more of them. Two other pods still reach each other every
 * time, each reply let out by a flow that is known.
 */
@Tag("netns")
class FloodTest {

    private static final int PORT = 7001;
    private static final int CONNECTIONS = 100;
    /** Before each connection. Twice the budget in all. */
    private static final int SYNS = 2 * Flows.BUDGET / CONNECTIONS;

    private static final int FIRST_PORT = 10_000;

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

    @Test
    void aFloodOfSynsCostsPodsThatItIsNotForNoConnection() throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                ServerSocketChannel listener =
                        TwoPods.B.inside(() -> ServerSocketChannel.open().bind(place(TwoPods.B, PORT), CONNECTIONS))) {
            daemon.knows(TwoPods.C);
            daemon.knows(TwoPods.D);
            daemon.enforce(Sentence.rules(
                    "a reaches all at d",
                    "a accepts nothing",
                    "b accepts all from anyone",
                    "b reaches nothing",
                    "c reaches tcp 7001 at b",
                    "c accepts nothing"));
            int connected = 0;
            for (int i = 0; i < CONNECTIONS; i++) {
                flood(TwoPods.D, i);
                connected += connects() ? 1 : 0;
            }

            assertThat(daemon.dropped(DropReason.CONNTRACK_BUDGET))
                    .as("SYNs above the budget")
                    .isGreaterThan(Flows.BUDGET / 2);
            assertThat(connected).isEqualTo(CONNECTIONS);
            assertThat(listener.isOpen()).isTrue();
        }
    }

    /** SYNs to ports where nobody listens, each from a port of its own: each begins a flow. */
    private static void flood(TwoPods.Pod victim, int round) {
        TwoPods.A.inside(() -> {
            for (int i = 0; i < SYNS; i++) {
                try (SocketChannel channel = SocketChannel.open()) {
                    channel.configureBlocking(false);
                    channel.connect(place(victim, FIRST_PORT + round * SYNS + i));
                } catch (ConnectException e) {
                    // It was answered at once: nobody listens there.
                }
            }
            return true;
        });
    }

    private static boolean connects() {
        return TwoPods.C.inside(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(place(TwoPods.B, PORT), 800);
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            }
        });
    }

    private static InetSocketAddress place(TwoPods.Pod pod, int port) {
        return new InetSocketAddress(pod.address(), port);
    }
}
