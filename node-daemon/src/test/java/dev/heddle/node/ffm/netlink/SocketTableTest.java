package dev.heddle.node.ffm.netlink;

import static dev.heddle.node.ffm.netlink.TcpState.CLOSE;
import static dev.heddle.node.ffm.netlink.TcpState.ESTABLISHED;
import static dev.heddle.node.ffm.netlink.TcpState.LISTEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sockets that processes of another network namespace have. */
@Tag("netns")
class SocketTableTest {
    private static final String NAMESPACE = "hffm-sockets";
    private static final Path PATH = Path.of("/var/run/netns", NAMESPACE);
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final int TCP = 6;
    private static final int UDP = 17;

    @BeforeEach
    void up() throws Exception {
        run("ip", "netns", "add", NAMESPACE);
        run("ip", "-n", NAMESPACE, "link", "set", "lo", "up");
    }

    @AfterEach
    void down() throws Exception {
        run("ip", "netns", "delete", NAMESPACE);
    }

    @ParameterizedTest
    @EnumSource(
            value = StandardProtocolFamily.class,
            names = {"INET", "INET6"})
    void bothEndsOfAConnectionAreThere(ProtocolFamily family) throws Exception {
        try (ServerSocketChannel listener = listen(family, 80);
                SocketChannel client = inside(() -> SocketChannel.open(family));
                SocketChannel server = accept(listener, client)) {
            int port = ((InetSocketAddress) client.getLocalAddress()).getPort();

            assertThat(server.isConnected()).isTrue();
            assertThat(read(100).sockets())
                    .containsExactlyInAnyOrder(
                            new InetSocket(TCP, LISTEN, HERE, 80, any(family), 0, false),
                            new InetSocket(TCP, ESTABLISHED, HERE, port, HERE, 80, false),
                            new InetSocket(TCP, ESTABLISHED, HERE, 80, HERE, port, false));
        }
    }

    @Test
    void datagramSocketsWithAndWithoutAPeerAreThere() throws Exception {
        try (DatagramChannel all = datagrams(53);
                DatagramChannel one = datagrams(54).connect(new InetSocketAddress(HERE, 53))) {
            assertThat(all.isOpen() && one.isConnected()).isTrue();
            assertThat(read(100).sockets())
                    .containsExactlyInAnyOrder(
                            new InetSocket(UDP, CLOSE, HERE, 53, any(StandardProtocolFamily.INET), 0, false),
                            new InetSocket(UDP, ESTABLISHED, HERE, 54, HERE, 53, false));
        }
    }

    @Test
    void connectionsOfOtherAddressesAreLeftOut() throws Exception {
        try (ServerSocketChannel listener = listen(StandardProtocolFamily.INET, 80);
                SocketChannel client = inside(() -> SocketChannel.open(StandardProtocolFamily.INET));
                SocketChannel server = accept(listener, client)) {
            assertThat(server.isConnected()).isTrue();
            assertThat(SocketTable.read(PATH, Set.of(InetAddress.ofLiteral("10.9.9.9")), 100)
                            .sockets())
                    .extracting(InetSocket::state)
                    .containsExactly(LISTEN);
        }
    }

    @Test
    void noMoreThanAskedForAreLookedAt() throws Exception {
        try (DatagramChannel one = datagrams(51);
                DatagramChannel two = datagrams(52);
                DatagramChannel three = datagrams(53)) {
            assertThat(one.isOpen() && two.isOpen() && three.isOpen()).isTrue();
            assertThat(read(2)).satisfies(table -> {
                assertThat(table.sockets()).hasSize(2);
                assertThat(table.whole()).isFalse();
            });
            assertThat(read(4).whole()).isTrue();
        }
    }

    @Test
    void theRangeThatTheNamespaceChoosesPortsFromIsItsOwn() {
        NetworkNamespace.inside(
                PATH, () -> Files.writeString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"), "40000 50000"));

        assertThat(read(4).chosen()).isEqualTo(new PortRange(40000, 50000));
    }

    private static SocketTable read(int most) {
        return SocketTable.read(PATH, Set.of(HERE), most);
    }

    private static ServerSocketChannel listen(ProtocolFamily family, int port) {
        return inside(() -> ServerSocketChannel.open(family).bind(new InetSocketAddress(HERE, port)));
    }

    private static SocketChannel accept(ServerSocketChannel listener, SocketChannel client) throws IOException {
        client.connect(listener.getLocalAddress());
        return listener.accept();
    }

    private static DatagramChannel datagrams(int port) {
        return inside(() -> DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress(HERE, port)));
    }

    private static <T> T inside(java.util.concurrent.Callable<T> work) {
        return NetworkNamespace.inside(PATH, work);
    }

    private static InetAddress any(ProtocolFamily family) {
        return InetAddress.ofLiteral(family == StandardProtocolFamily.INET ? "0.0.0.0" : "::");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as(List.of(command).toString()).isZero();
    }
}
