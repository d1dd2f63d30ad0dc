package dev.heddle.node.netns;

import static dev.heddle.node.netns.NativeSocket.DATAGRAM;
import static dev.heddle.node.netns.NativeSocket.ECONNREFUSED;
import static dev.heddle.node.netns.NativeSocket.EPERM;
import static dev.heddle.node.netns.NativeSocket.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.apply.BpfKernel;
import dev.heddle.node.ffm.bpf.Features;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceTarget;
import dev.heddle.node.kernel.SocketHook;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Socket calls that name a ClusterIP, on each kernel: {@link ServiceTranslationTest} says what else they do. */
@Tag("kernels")
@NullUnmarked
class SocketCallTest {

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final String SERVICE = "10.96.0.9";
    private static final String SERVICE6 = "fd00:96::9";

    private static TestPins pins;
    private static TestGroup group;
    private static BpfKernel kernel;

    /** Once for all: an emulated machine takes its time to check the programs. */
    @BeforeAll
    static void up() throws IOException {
        pins = new TestPins();
        group = new TestGroup();
        kernel = BpfKernel.adopt(TestPins.FOLDER, Optional.of(group.folder()));
        for (SocketHook hook : SocketHook.values()) {
            kernel.attach(hook);
        }
    }

    @AfterAll
    static void down() throws IOException {
        kernel.close();
        group.close();
        pins.close();
    }

    @Test
    void aServiceIsReachedAndKeepsItsName() throws Exception {
        reached(NativeSocket.Family.INET, SERVICE, "127.0.0.1");
        reached(NativeSocket.Family.INET6, SERVICE, "127.0.0.1");
        reached(NativeSocket.Family.INET6, SERVICE6, "::1");
    }

    private void reached(NativeSocket.Family family, String address, String here) throws Exception {
        InetSocketAddress service = new InetSocketAddress(address, 7080);
        try (ServerSocket listener = new ServerSocket();
                DatagramSocket server = new DatagramSocket(new InetSocketAddress(here, 0));
                NativeSocket stream = new NativeSocket(family, STREAM);
                NativeSocket withPeer = new NativeSocket(family, DATAGRAM);
                NativeSocket withoutPeer = new NativeSocket(family, DATAGRAM)) {
            listener.bind(new InetSocketAddress(here, 0));
            lead(service, TCP, listener.getLocalSocketAddress());
            lead(service, UDP, server.getLocalSocketAddress());

            assertThat(stream.connect(service)).as("connect of TCP").isZero();
            assertThat(stream.peer()).isEqualTo(service);
            assertThat(withPeer.connect(service)).as("connect of UDP").isZero();
            assertThat(withPeer.send()).isEqualTo(1);
            answer(server);
            assertThat(withPeer.receive()).isEqualTo(service);
            assertThat(withoutPeer.send(service)).as("sendmsg").isEqualTo(1);
            answer(server);
            assertThat(withoutPeer.receive()).isEqualTo(service);
        }
    }

    /** Where a kernel cannot say why, the process sees EPERM. */
    @Test
    void aServiceWithoutBackendsRefuses() {
        int expected = Features.ofKernel().socketErrors() ? ECONNREFUSED : EPERM;
        for (String address : new String[] {SERVICE, SERVICE6}) {
            InetSocketAddress service = new InetSocketAddress(address, 7080);
            lead(service, TCP);
            lead(service, UDP);
            try (NativeSocket stream = new NativeSocket(NativeSocket.Family.INET6, STREAM);
                    NativeSocket datagram = new NativeSocket(NativeSocket.Family.INET6, DATAGRAM)) {
                assertThat(stream.connect(service)).isNegative();
                assertThat(stream.errno()).isEqualTo(expected);
                assertThat(datagram.send(service)).isNegative();
                assertThat(datagram.errno()).isEqualTo(expected);
            }
        }
    }

    private void lead(InetSocketAddress service, int protocol, SocketAddress... backends) {
        kernel.putService(
                new ServiceAddress(Address.of(service.getAddress()), service.getPort(), protocol),
                ServiceTarget.of(Stream.of(backends)
                        .map(InetSocketAddress.class::cast)
                        .map(backend -> new Backend(Address.of(backend.getAddress()), backend.getPort()))
                        .toList()));
    }

    private static void answer(DatagramSocket server) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[16], 16);
        server.setSoTimeout(5000);
        server.receive(packet);
        server.send(packet);
    }
}
