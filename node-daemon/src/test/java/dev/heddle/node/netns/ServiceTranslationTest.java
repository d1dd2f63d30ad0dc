package dev.heddle.node.netns;

import static dev.heddle.node.netns.NativeSocket.DATAGRAM;
import static dev.heddle.node.netns.NativeSocket.ECONNREFUSED;
import static dev.heddle.node.netns.NativeSocket.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.apply.BpfKernel;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.SocketHook;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes name a service, by sockets of either family, and meet a backend; the service has no device and no packet. */
@Tag("netns")
@ParameterizedClass
@EnumSource(NativeSocket.Family.class)
class ServiceTranslationTest {

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final InetSocketAddress SERVICE = new InetSocketAddress("127.9.9.9", 7080);
    private static final InetSocketAddress OTHER_PORT = new InetSocketAddress("127.9.9.9", 7081);

    private final NativeSocket.Family family;

    private TestPins pins;
    private TestGroup group;
    private BpfKernel kernel;

    ServiceTranslationTest(NativeSocket.Family family) {
        this.family = family;
    }

    @BeforeEach
    void up() throws IOException {
        pins = new TestPins();
        group = new TestGroup();
        kernel = BpfKernel.adopt(TestPins.FOLDER, Optional.of(group.folder()));
        for (SocketHook hook : SocketHook.values()) {
            kernel.attach(hook);
        }
    }

    @AfterEach
    void down() throws IOException {
        kernel.close();
        group.close();
        pins.close();
    }

    @Test
    void aConnectionReachesABackendAndItsPeerIsTheService() throws Exception {
        try (ServerSocketChannel backend = listen();
                NativeSocket client = new NativeSocket(family, STREAM)) {
            serve(TCP, backend.getLocalAddress());

            assertThat(client.connect(SERVICE)).isZero();
            assertThat(client.peer()).isEqualTo(SERVICE);
            assertThat(backend.accept().isConnected()).isTrue();
        }
    }

    @Test
    void connectionsAreSpreadOverTheBackends() throws Exception {
        try (ServerSocketChannel one = listen();
                ServerSocketChannel two = listen()) {
            serve(TCP, one.getLocalAddress(), two.getLocalAddress());
            one.configureBlocking(false);
            two.configureBlocking(false);
            List<NativeSocket> clients = new ArrayList<>();
            boolean oneWasMet = false;
            boolean twoWasMet = false;
            for (int i = 0; i < 200 && !(oneWasMet && twoWasMet); i++) {
                NativeSocket client = new NativeSocket(family, STREAM);
                clients.add(client);
                assertThat(client.connect(SERVICE)).isZero();
                oneWasMet |= one.accept() != null;
                twoWasMet |= two.accept() != null;
            }
            clients.forEach(NativeSocket::close);
            assertThat(oneWasMet && twoWasMet).isTrue();
        }
    }

    @Test
    void aDatagramSocketWithAPeerSpeaksWithTheService() throws Exception {
        try (DatagramChannel backend = datagrams();
                NativeSocket client = new NativeSocket(family, DATAGRAM)) {
            serve(UDP, backend.getLocalAddress());

            assertThat(client.connect(SERVICE)).isZero();
            assertThat(client.peer()).isEqualTo(SERVICE);
            assertThat(client.send()).isEqualTo(1);
            answer(backend);
            assertThat(client.receive()).isEqualTo(SERVICE);
        }
    }

    @Test
    void aDatagramSocketWithoutAPeerIsAnsweredByTheService() throws Exception {
        try (DatagramChannel backend = datagrams();
                NativeSocket client = new NativeSocket(family, DATAGRAM)) {
            serve(UDP, backend.getLocalAddress());

            assertThat(client.send(SERVICE)).isEqualTo(1);
            answer(backend);
            assertThat(client.receive()).isEqualTo(SERVICE);
        }
    }

    @Test
    void whatIsNoServiceIsLeftAlone() throws Exception {
        try (ServerSocketChannel tcp = listen();
                DatagramChannel udp = datagrams();
                NativeSocket stream = new NativeSocket(family, STREAM);
                NativeSocket datagram = new NativeSocket(family, DATAGRAM)) {
            serve(TCP, tcp.getLocalAddress());

            assertThat(stream.connect((InetSocketAddress) tcp.getLocalAddress()))
                    .isZero();
            assertThat(stream.peer()).isEqualTo(tcp.getLocalAddress());
            assertThat(datagram.send((InetSocketAddress) udp.getLocalAddress())).isEqualTo(1);
            answer(udp);
            assertThat(datagram.receive()).isEqualTo(udp.getLocalAddress());
            assertThat(datagram.connect(SERVICE))
                    .as("the same address and port, but UDP")
                    .isZero();
            assertThat(datagram.peer()).isEqualTo(SERVICE);
            assertThat(datagram.connect(OTHER_PORT)).isZero();
            assertThat(datagram.peer()).isEqualTo(OTHER_PORT);
        }
    }

    /** Even where somebody listens at its very address. */
    @Test
    void aServiceWithoutBackendsRefuses() throws Exception {
        try (ServerSocketChannel there =
                        ServerSocketChannel.open(StandardProtocolFamily.INET).bind(SERVICE);
                NativeSocket stream = new NativeSocket(family, STREAM);
                NativeSocket datagram = new NativeSocket(family, DATAGRAM)) {
            assertThat(there.isOpen()).isTrue();
            serve(TCP);
            serve(UDP);

            assertThat(stream.connect(SERVICE)).isNegative();
            assertThat(stream.errno()).isEqualTo(ECONNREFUSED);
            assertThat(datagram.send(SERVICE)).isNegative();
            assertThat(datagram.errno()).isEqualTo(ECONNREFUSED);
        }
    }

    @Test
    void aServiceThatChangesSendsNewConnectionsElsewhereAndKeepsTheNameOfOldOnes() throws Exception {
        try (ServerSocketChannel one = listen();
                ServerSocketChannel two = listen();
                NativeSocket before = new NativeSocket(family, STREAM);
                NativeSocket after = new NativeSocket(family, STREAM);
                NativeSocket late = new NativeSocket(family, STREAM)) {
            serve(TCP, one.getLocalAddress());
            assertThat(before.connect(SERVICE)).isZero();
            assertThat(one.accept().isConnected()).isTrue();
            serve(TCP, two.getLocalAddress());

            assertThat(after.connect(SERVICE)).isZero();
            assertThat(two.accept().isConnected()).isTrue();
            assertThat(before.peer()).isEqualTo(SERVICE);
            kernel.removeService(service(TCP));
            assertThat(kernel.observe().services()).isEmpty();
            assertThat(before.peer()).isEqualTo(SERVICE);
            assertThat(late.connect((InetSocketAddress) two.getLocalAddress())).isZero();
        }
    }

    private void serve(int protocol, SocketAddress... backends) {
        List<Backend> members = new ArrayList<>();
        for (SocketAddress backend : backends) {
            InetSocketAddress place = (InetSocketAddress) backend;
            members.add(new Backend(Ipv4.of(place.getAddress().getAddress()), place.getPort()));
        }
        kernel.putService(service(protocol), members);
    }

    private static ServiceAddress service(int protocol) {
        return new ServiceAddress(Ipv4.of(SERVICE.getAddress().getAddress()), SERVICE.getPort(), protocol);
    }

    private static ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static DatagramChannel datagrams() throws IOException {
        return DatagramChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static void answer(DatagramChannel backend) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[16], 16);
        backend.socket().setSoTimeout(2000);
        backend.socket().receive(packet);
        backend.socket().send(packet);
    }
}
