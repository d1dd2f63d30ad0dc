package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What two pods on one bridge can do to each other while policies change and daemons die. */
@Tag("netns")
class NetnsTest {

    private static final Path PINS = TestPins.FOLDER;

    private TestPins pins;
    private TwoPods pods;

    @BeforeEach
    void up() {
        pins = new TestPins();
        pods = TwoPods.up();
    }

    @AfterEach
    void down() {
        pods.close();
        pins.close();
    }

    @Test
    void aPolicyIsInForceForTcpAndUdp() throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(PINS);
                UdpStream allowed = UdpStream.to(TestPolicies.ALWAYS);
                UdpStream denied = UdpStream.to(TestPolicies.NEVER);
                ServerSocketChannel one = listen(TestPolicies.ALWAYS);
                ServerSocketChannel two = listen(TestPolicies.NEVER)) {
            denied.awaitReceived(1);
            daemon.enforce(TestPolicies.named("senders"));
            long before = denied.received();

            assertThat(connects(TestPolicies.ALWAYS)).isTrue();
            assertThat(connects(TestPolicies.NEVER)).isFalse();
            allowed.awaitReceived(allowed.received() + 100);
            assertThat(denied.received()).as("at most what was under way").isLessThan(before + 50);
            assertThat(one.isOpen() && two.isOpen()).isTrue();
        }
    }

    @Test
    void aKilledDaemonLeavesItsPolicyAndTheNextOneTakesOver() throws Exception {
        ChildDaemon first = start();
        assertThat(first.ask("senders")).hasValue("live 1");
        try (UdpStream always = UdpStream.to(TestPolicies.ALWAYS);
                UdpStream never = UdpStream.to(TestPolicies.NEVER)) {
            always.awaitReceived(100);
            first.kill();
            always.awaitReceived(always.received() + 1000);

            ChildDaemon second = start();
            assertThat(second.ask("receivers")).hasValue("live 2");
            always.awaitReceived(always.received() + 1000);
            second.kill();
            always.stop();
            never.stop();

            assertThat(always.received()).as("packets lost").isEqualTo(always.sent());
            assertThat(never.received()).as("packets that passed by").isZero();
        }
    }

    /** Killed at any moment of its work, again and again: nothing passes by, nothing is lost, the next one goes on. */
    @Test
    void killsAtAnyMomentLetNothingBy() throws Exception {
        ChildDaemon settled = start();
        settled.ask("senders");
        settled.kill();
        try (UdpStream always = UdpStream.to(TestPolicies.ALWAYS);
                UdpStream never = UdpStream.to(TestPolicies.NEVER)) {
            always.awaitReceived(100);
            for (int kill = 0; kill < 8; kill++) {
                ChildDaemon victim = start();
                victim.tell("receivers\nsenders\n".repeat(500));
                Thread.sleep(300 + 170 * kill);
                victim.kill();
            }
            ChildDaemon last = start();
            assertThat(last.ask("senders"))
                    .hasValueSatisfying(answer -> assertThat(answer).startsWith("live "));
            last.kill();
            always.stop();
            never.stop();

            assertThat(never.received()).as("packets that passed by").isZero();
            assertThat(always.received()).as("packets lost").isEqualTo(always.sent());
        }
    }

    private static ChildDaemon start() throws IOException {
        return ChildDaemon.start(SmallDaemon.class, PINS.toString());
    }

    private static ServerSocketChannel listen(int port) {
        return TwoPods.B.inside(
                () -> ServerSocketChannel.open().bind(new InetSocketAddress(TwoPods.B.address(), port)));
    }

    private static boolean connects(int port) {
        return TwoPods.A.inside(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(TwoPods.B.address(), port), 1000);
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            }
        });
    }
}
