package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
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
        Process first = start();
        assertThat(ask(first, "senders")).isEqualTo("live 1");
        try (UdpStream always = UdpStream.to(TestPolicies.ALWAYS);
                UdpStream never = UdpStream.to(TestPolicies.NEVER)) {
            always.awaitReceived(100);
            first.destroyForcibly().waitFor();
            always.awaitReceived(always.received() + 1000);

            Process second = start();
            assertThat(ask(second, "receivers")).isEqualTo("live 2");
            always.awaitReceived(always.received() + 1000);
            second.destroyForcibly().waitFor();
            always.stop();
            never.stop();

            assertThat(always.received()).as("packets lost").isEqualTo(always.sent());
            assertThat(never.received()).as("packets that passed by").isZero();
        }
    }

    /** Killed at any moment of its work, again and again: nothing passes by, nothing is lost, the next one goes on. */
    @Test
    void killsAtAnyMomentLetNothingBy() throws Exception {
        Process settled = start();
        ask(settled, "senders");
        settled.destroyForcibly().waitFor();
        try (UdpStream always = UdpStream.to(TestPolicies.ALWAYS);
                UdpStream never = UdpStream.to(TestPolicies.NEVER)) {
            always.awaitReceived(100);
            for (int kill = 0; kill < 8; kill++) {
                Process victim = start();
                OutputStream in = victim.getOutputStream();
                in.write("receivers\nsenders\n".repeat(500).getBytes(StandardCharsets.UTF_8));
                in.flush();
                Thread.sleep(300 + 170 * kill);
                victim.destroyForcibly().waitFor();
            }
            Process last = start();
            assertThat(ask(last, "senders")).startsWith("live ");
            last.destroyForcibly().waitFor();
            always.stop();
            never.stop();

            assertThat(never.received()).as("packets that passed by").isZero();
            assertThat(always.received()).as("packets lost").isEqualTo(always.sent());
        }
    }

    private static Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallDaemon.class.getName(),
                        PINS.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String ask(Process daemon, String policy) throws IOException {
        daemon.getOutputStream().write((policy + "\n").getBytes(StandardCharsets.UTF_8));
        daemon.getOutputStream().flush();
        BufferedReader answers =
                new BufferedReader(new InputStreamReader(daemon.getInputStream(), StandardCharsets.UTF_8));
        return String.valueOf(answers.readLine());
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
