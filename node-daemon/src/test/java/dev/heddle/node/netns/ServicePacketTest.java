package dev.heddle.node.netns;

import static dev.heddle.node.netns.NativeSocket.RAW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.node.ffm.layout.DropReason;
import dev.heddle.node.packetlife.Family;
import dev.heddle.node.packetlife.Sentence;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Sockets that name a service where no hook translates what they name: their packets are translated. */
@ParameterizedClass(name = "{0}")
@EnumSource(Family.class)
@Tag("netns")
class ServicePacketTest {

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int WAIT = 5000;

    private final InetSocketAddress service;
    private final InetSocketAddress backend;
    private final InetSocketAddress itself;

    private TestPins pins;
    private TwoPods pods;
    private SmallDaemon daemon;

    ServicePacketTest(Family family) {
        service = new InetSocketAddress(VirtualAddress.of(family), 80);
        backend = new InetSocketAddress(TwoPods.B.address(family), 8080);
        itself = new InetSocketAddress(TwoPods.A.address(family), 8080);
    }

    @BeforeEach
    void up() {
        pins = new TestPins();
        pods = TwoPods.up();
        VirtualAddress.reachableFromA();
        daemon = new SmallDaemon(TestPins.FOLDER);
        daemon.enforce(Sentence.rules("a accepts nothing", "a reaches tcp 8080 at b", "a reaches udp 8080 at b"));
        VirtualAddress.lead(daemon, TCP, service, backend);
        VirtualAddress.lead(daemon, UDP, service, backend);
    }

    @AfterEach
    void down() {
        daemon.close();
        pods.close();
        pins.close();
    }

    @Test
    void aConnectionCarriesEveryByteThereAndBack() throws Exception {
        assertConnects(TwoPods.B, backend);
    }

    /** Also those that the network takes in pieces only. */
    @Test
    void datagramsAreAnsweredByTheService() throws Exception {
        assertAnswers(TwoPods.B, backend);
    }

    /** Whatever policy says. */
    @Test
    void aPodReachesItselfThroughItsOwnService() throws Exception {
        daemon.enforce(Sentence.rules("a accepts nothing", "a reaches nothing"));
        VirtualAddress.lead(daemon, TCP, service, itself);
        VirtualAddress.lead(daemon, UDP, service, itself);
        assertConnects(TwoPods.A, itself);
        assertAnswers(TwoPods.A, itself);
        try (DatagramSocket client = TwoPods.A.inside(() -> new DatagramSocket())) {
            assertNobodyListens(client);
        }
    }

    private void assertConnects(TwoPods.Pod pod, InetSocketAddress place) throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        try (ServerSocket listener = pod.inside(() -> listen(place));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<Boolean> echo = threads.submit(() -> echo(listener));
            try (Socket client = TwoPods.A.inside(() -> connect())) {
                assertThat(client.getRemoteSocketAddress()).isEqualTo(service);
                Future<byte[]> heard =
                        threads.submit(() -> client.getInputStream().readNBytes(bytes.length));
                client.getOutputStream().write(bytes);
                assertThat(heard.get()).isEqualTo(bytes);
            }
            assertThat(echo.get()).isTrue();
        }
    }

    private void assertAnswers(TwoPods.Pod pod, InetSocketAddress place) throws Exception {
        try (DatagramSocket server = pod.inside(() -> new DatagramSocket(place));
                DatagramSocket client = TwoPods.A.inside(() -> new DatagramSocket())) {
            server.setSoTimeout(WAIT);
            client.setSoTimeout(WAIT);
            for (int length : new int[] {1, 1000, 9001}) {
                byte[] bytes = new byte[length];
                new Random(length).nextBytes(bytes);
                client.send(new DatagramPacket(bytes, length, service));
                DatagramPacket asked = new DatagramPacket(new byte[20_000], 20_000);
                server.receive(asked);
                server.send(new DatagramPacket(asked.getData(), asked.getLength(), asked.getSocketAddress()));
                DatagramPacket answer = new DatagramPacket(new byte[20_000], 20_000);
                client.receive(answer);
                assertThat(answer.getSocketAddress()).isEqualTo(service);
                assertThat(answer.getLength()).isEqualTo(length);
                assertThat(Arrays.copyOf(answer.getData(), length)).isEqualTo(bytes);
            }
        }
    }

    /** Such a socket writes the headers itself, and hears a copy of each packet. */
    @Test
    void rawSocketsReachTheBackendAndHearTheService() throws Exception {
        InetSocketAddress own = new InetSocketAddress(itself.getAddress(), 40_000);
        try (ServerSocket listener = TwoPods.B.inside(() -> listen(backend));
                DatagramSocket server = TwoPods.B.inside(() -> new DatagramSocket(backend));
                NativeSocket segments = TwoPods.A.inside(() -> raw(TCP));
                NativeSocket datagrams = TwoPods.A.inside(() -> raw(UDP))) {
            assertThat(listener.isBound()).isTrue();
            assertThat(segments.send(portless(service), RawPacket.syn(own, service)))
                    .isPositive();
            assertThat(speaker(segments)).isEqualTo(service);

            server.setSoTimeout(WAIT);
            assertThat(datagrams.send(portless(service), RawPacket.datagram(own, service)))
                    .isPositive();
            DatagramPacket asked = new DatagramPacket(new byte[16], 16);
            server.receive(asked);
            assertThat(asked.getSocketAddress()).isEqualTo(own);
            server.send(asked);
            assertThat(speaker(datagrams)).isEqualTo(service);
        }
    }

    private NativeSocket raw(int protocol) {
        return new NativeSocket(isIpv4() ? NativeSocket.Family.INET : NativeSocket.Family.INET6, RAW, protocol);
    }

    /** A raw socket has no ports. */
    private static InetSocketAddress portless(InetSocketAddress place) {
        return new InetSocketAddress(place.getAddress(), 0);
    }

    /** Who sent the next packet: its address as the kernel says, its port as the packet does. */
    private InetSocketAddress speaker(NativeSocket socket) {
        InetSocketAddress from = socket.receive();
        int header = isIpv4() ? 20 : 0; // that of IPv6 is not shown
        return new InetSocketAddress(from.getAddress(), socket.receivedShort(header));
    }

    private boolean isIpv4() {
        return service.getAddress() instanceof Inet4Address;
    }

    @Test
    void thatNobodyListensIsToldAsOfTheService() throws Exception {
        try (DatagramSocket client = TwoPods.A.inside(() -> new DatagramSocket())) {
            assertNobodyListens(client);
        }
    }

    private void assertNobodyListens(DatagramSocket client) throws IOException {
        client.connect(service);
        client.setSoTimeout(WAIT);
        client.send(new DatagramPacket(new byte[1], 1));
        assertThatThrownBy(() -> client.receive(new DatagramPacket(new byte[1], 1)))
                .isInstanceOf(PortUnreachableException.class);
    }

    @Test
    void policyIsAboutTheBackend() throws Exception {
        daemon.enforce(Sentence.rules("a reaches tcp 80 at b"));
        long before = daemon.dropped(DropReason.POLICY_DENIED);
        try (DatagramSocket client = TwoPods.A.inside(() -> new DatagramSocket())) {
            client.send(new DatagramPacket(new byte[1], 1, service));
        }
        assertThat(daemon.dropped(DropReason.POLICY_DENIED)).isGreaterThan(before);
    }

    private static ServerSocket listen(InetSocketAddress place) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.bind(place);
        listener.setSoTimeout(WAIT);
        return listener;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(service, WAIT);
        socket.setSoTimeout(WAIT);
        return socket;
    }

    private static boolean echo(ServerSocket listener) throws IOException {
        try (Socket peer = listener.accept()) {
            return peer.getInputStream().transferTo(peer.getOutputStream()) > 0;
        }
    }
}
