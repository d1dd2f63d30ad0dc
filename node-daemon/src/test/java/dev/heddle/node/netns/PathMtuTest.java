package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.packetlife.Family;
import dev.heddle.node.packetlife.Sentence;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A router on the way that can only send on smaller packets says so to an isolated pod, and is heard: it is nobody whom the policy
 * names, but what it says is about an allowed connection. Without it the connection would stand still for ever.
 */
@Tag("netns")
class PathMtuTest {

    private static final int PORT = 7001;
    /** Of a message: hundreds of packets. */
    private static final int LARGE = 500_000;

    private TestPins pins;
    private TwoPods pods;
    private NarrowPath path;

    @BeforeEach
    void up() {
        pins = new TestPins();
        pods = TwoPods.up();
        path = NarrowPath.up();
    }

    @AfterEach
    void down() {
        path.close();
        pods.close();
        pins.close();
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aPodThatAsksHearsHowLargeItsPacketsMayBe(Family family) throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                ServerSocketChannel server = NarrowPath.outside(() ->
                        ServerSocketChannel.open().bind(new InetSocketAddress(NarrowPath.address(family), PORT)));
                Socket client = TwoPods.A.inside(() -> SocketChannel.open().socket())) {
            daemon.enforce(Sentence.rules("a accepts nothing", "a reaches tcp 7001 at " + NarrowPath.range(family)));
            client.connect(new InetSocketAddress(NarrowPath.address(family), PORT), timeout());

            try (Socket accepted = server.accept().socket()) {
                assertThat(arrives(client, accepted)).isEqualTo(LARGE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aPodThatAnswersHearsIt(Family family) throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                ServerSocketChannel server = TwoPods.A.inside(
                        () -> ServerSocketChannel.open().bind(new InetSocketAddress(TwoPods.A.address(family), PORT)));
                Socket client = NarrowPath.outside(() -> SocketChannel.open().socket())) {
            daemon.enforce(Sentence.rules("a accepts tcp 7001 from " + NarrowPath.range(family), "a reaches nothing"));
            client.connect(new InetSocketAddress(TwoPods.A.address(family), PORT), timeout());

            try (Socket accepted = server.accept().socket()) {
                assertThat(arrives(accepted, client)).isEqualTo(LARGE);
            }
        }
    }

    /** Bytes of a large message that come before the receiver's patience ends. */
    private static int arrives(Socket from, Socket to) throws IOException {
        to.setSoTimeout(timeout());
        Thread.ofVirtual().name("sending").start(() -> {
            try (OutputStream out = from.getOutputStream()) {
                out.write(new byte[LARGE]);
            } catch (IOException e) {
                // The receiver misses it.
            }
        });
        int bytes = 0;
        byte[] part = new byte[65_536];
        try {
            for (int n = to.getInputStream().read(part);
                    n >= 0;
                    n = to.getInputStream().read(part)) {
                bytes += n;
            }
        } catch (SocketTimeoutException e) {
            return bytes;
        }
        return bytes;
    }

    private static int timeout() {
        return (int) TimeUnit.SECONDS.toMillis(10);
    }
}
