package dev.heddle.node.netns;

import static dev.heddle.node.netns.NativeSocket.DATAGRAM;
import static dev.heddle.node.netns.NativeSocket.ECONNREFUSED;
import static dev.heddle.node.netns.NativeSocket.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.apply.BpfKernel;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceTarget;
import dev.heddle.node.kernel.Services;
import dev.heddle.node.kernel.SocketHook;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes name a service, and meet a backend; the service has no device and no packet. */
@Tag("netns")
@ParameterizedClass(name = "{0} sockets and a service at {1}")
@CsvSource({"INET, 127.9.9.9", "INET6, 127.9.9.9", "INET6, ::1"})
class ServiceTranslationTest {

    private static final int TCP = 6;
    private static final int UDP = 17;

    private final NativeSocket.Family family;
    private final InetSocketAddress service;
    private final InetSocketAddress otherPort;
    /** Where backends are: of the service's family. */
    private final InetAddress here;

    private TestPins pins;
    private TestGroup group;
    private BpfKernel kernel;

    ServiceTranslationTest(NativeSocket.Family family, String address) throws IOException {
        this.family = family;
        service = new InetSocketAddress(address, 7080);
        otherPort = new InetSocketAddress(address, 7081);
        here = InetAddress.getByName(service.getAddress() instanceof Inet6Address ? "::1" : "127.0.0.1");
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

            assertThat(client.connect(service)).isZero();
            assertThat(client.peer()).isEqualTo(service);
            assertThat(backend.accept().isConnected()).isTrue();
        }
    }

    /** No machine has the address and no route leads there. */
    @Test
    void theAddressNeedNotBeAnywhere() throws Exception {
        InetSocketAddress virtual =
                new InetSocketAddress(here instanceof Inet6Address ? "fd00:96:1:2:3:4:5:6" : "10.96.0.9", 7080);
        try (ServerSocketChannel tcp = listen();
                DatagramChannel udp = datagrams();
                NativeSocket stream = new NativeSocket(family, STREAM);
                NativeSocket datagram = new NativeSocket(family, DATAGRAM)) {
            serve(virtual, TCP, tcp.getLocalAddress());
            serve(virtual, UDP, udp.getLocalAddress());

            assertThat(stream.connect(virtual)).isZero();
            assertThat(stream.peer()).isEqualTo(virtual);
            assertThat(datagram.send(virtual)).isEqualTo(1);
            answer(udp);
            assertThat(datagram.receive()).isEqualTo(virtual);
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
                assertThat(client.connect(service)).isZero();
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

            assertThat(client.connect(service)).isZero();
            assertThat(client.peer()).isEqualTo(service);
            assertThat(client.send()).isEqualTo(1);
            answer(backend);
            assertThat(client.receive()).isEqualTo(service);
        }
    }

    @Test
    void aDatagramSocketWithoutAPeerIsAnsweredByTheService() throws Exception {
        try (DatagramChannel backend = datagrams();
                NativeSocket client = new NativeSocket(family, DATAGRAM)) {
            serve(UDP, backend.getLocalAddress());

            assertThat(client.send(service)).isEqualTo(1);
            answer(backend);
            assertThat(client.receive()).isEqualTo(service);
        }
    }

    /** Protocols on top of UDP, such as QUIC and DNS's retries, take its datagrams for one conversation. */
    @Test
    void theDatagramsOfASocketMeetOneBackendAndThoseOfManyMeetAll() throws Exception {
        try (DatagramChannel one = datagrams();
                DatagramChannel two = datagrams()) {
            serve(UDP, one.getLocalAddress(), two.getLocalAddress());
            Set<Boolean> met = new HashSet<>();
            for (int i = 0; i < 200 && met.size() < 2; i++) {
                try (NativeSocket client = new NativeSocket(family, DATAGRAM)) {
                    for (int datagram = 0; datagram < 10; datagram++) {
                        assertThat(client.send(service)).isEqualTo(1);
                    }
                    int first = drain(one);
                    assertThat(List.of(first, drain(two))).containsExactlyInAnyOrder(0, 10);
                    met.add(first > 0);
                }
            }
            assertThat(met).hasSize(2);
        }
    }

    /** How many datagrams lie there: on the loopback device they are there when send returns. */
    private static int drain(DatagramChannel channel) throws IOException {
        channel.configureBlocking(false);
        int datagrams = 0;
        while (channel.receive(ByteBuffer.allocate(16)) != null) {
            datagrams++;
        }
        return datagrams;
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
            assertThat(datagram.connect(service))
                    .as("the same address and port, but UDP")
                    .isZero();
            assertThat(datagram.peer()).isEqualTo(service);
            assertThat(datagram.connect(otherPort)).isZero();
            assertThat(datagram.peer()).isEqualTo(otherPort);
        }
    }

    /** Even where somebody listens at its very address. */
    @Test
    void aServiceWithoutBackendsRefuses() throws Exception {
        try (ServerSocketChannel there =
                        ServerSocketChannel.open(protocolFamily()).bind(service);
                NativeSocket stream = new NativeSocket(family, STREAM);
                NativeSocket datagram = new NativeSocket(family, DATAGRAM)) {
            assertThat(there.isOpen()).isTrue();
            serve(TCP);
            serve(UDP);

            assertThat(stream.connect(service)).isNegative();
            assertThat(stream.errno()).isEqualTo(ECONNREFUSED);
            assertThat(datagram.send(service)).isNegative();
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
            assertThat(before.connect(service)).isZero();
            assertThat(one.accept().isConnected()).isTrue();
            serve(TCP, two.getLocalAddress());

            assertThat(after.connect(service)).isZero();
            assertThat(two.accept().isConnected()).isTrue();
            assertThat(before.peer()).isEqualTo(service);
            kernel.removeService(key(service, TCP));
            assertThat(kernel.observe().services()).isEqualTo(Services.NONE);
            assertThat(before.peer()).isEqualTo(service);
            assertThat(late.connect((InetSocketAddress) two.getLocalAddress())).isZero();
        }
    }

    private void serve(int protocol, SocketAddress... backends) {
        serve(service, protocol, backends);
    }

    private void serve(InetSocketAddress at, int protocol, SocketAddress... backends) {
        List<Backend> members = new ArrayList<>();
        for (SocketAddress backend : backends) {
            InetSocketAddress place = (InetSocketAddress) backend;
            members.add(new Backend(Address.of(place.getAddress()), place.getPort()));
        }
        kernel.putService(key(at, protocol), ServiceTarget.of(members));
    }

    private static ServiceAddress key(InetSocketAddress at, int protocol) {
        return new ServiceAddress(Address.of(at.getAddress()), at.getPort(), protocol);
    }

    private ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open(protocolFamily()).bind(new InetSocketAddress(here, 0));
    }

    private DatagramChannel datagrams() throws IOException {
        return DatagramChannel.open(protocolFamily()).bind(new InetSocketAddress(here, 0));
    }

    private ProtocolFamily protocolFamily() {
        return here instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    private static void answer(DatagramChannel backend) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[16], 16);
        backend.socket().setSoTimeout(2000);
        backend.socket().receive(packet);
        backend.socket().send(packet);
    }
}
