package dev.heddle.node.netns;

import static dev.heddle.node.netns.NativeSocket.DATAGRAM;
import static dev.heddle.node.netns.NativeSocket.ECONNREFUSED;
import static dev.heddle.node.netns.NativeSocket.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.desired.ServiceTable.Endpoint;
import dev.heddle.node.desired.ServiceTable.Port;
import dev.heddle.node.desired.ServiceTable.Service;
import dev.heddle.node.desired.ServiceTable.Slice;
import dev.heddle.node.desired.World;
import dev.heddle.node.ffm.netlink.NetworkNamespace;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.packetlife.Family;
import dev.heddle.policy.rule.Cidr;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes of node one, in pod a and outside of pods, name node ports. Pod b has one backend that counts as node one's and
 * one that counts as node two's; nodes two and three are only addresses.
 */
@Tag("netns")
@ParameterizedClass(name = "{0}")
@EnumSource(Family.class)
class NodePortTest {

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int NODE_PORT = 30080;
    private static final int ON_ONE = 8081;
    private static final int ON_TWO = 8082;
    private static final Path POD = TwoPods.A.namespace();
    private static final Path HOST = Path.of("/proc/self/ns/net");

    private final Family family;
    private final NativeSocket.Family sockets;
    private final String own;
    private final String two;
    private final String three;

    private TestPins pins;
    private TestGroup group;
    private TwoPods pods;
    private ServiceDaemon daemon;

    NodePortTest(Family family) {
        this.family = family;
        boolean ipv4 = family == Family.IPV4;
        sockets = ipv4 ? NativeSocket.Family.INET : NativeSocket.Family.INET6;
        own = TwoPods.host(family);
        two = ipv4 ? "192.0.2.2" : "2001:db8::2";
        three = ipv4 ? "192.0.2.3" : "2001:db8::3";
    }

    @BeforeEach
    void up() throws IOException {
        pins = new TestPins();
        pods = TwoPods.up();
        group = new TestGroup();
        daemon = new ServiceDaemon(group.folder());
        daemon.apply(this::nodes);
    }

    @AfterEach
    void down() throws IOException {
        daemon.close();
        group.close();
        pods.close();
        pins.close();
    }

    @Test
    void everyNodesAddressLeadsToABackendFromPodsAndFromTheHost() throws Exception {
        daemon.apply(world -> serve(world, false, ON_ONE));
        try (ServerSocketChannel backend = listen(TwoPods.B.namespace(), TwoPods.B.address(family), ON_ONE)) {
            for (Path from : List.of(POD, HOST)) {
                for (String node : List.of(own, two, three)) {
                    assertThat(connect(from, node)).as("%s from %s", node, from).isZero();
                    assertThat(backend.accept().isConnected()).isTrue();
                }
            }
        }
    }

    @Test
    void datagramsAreAnsweredByTheNodePort() throws Exception {
        daemon.apply(world -> serve(world, false, ON_ONE));
        try (DatagramChannel backend = datagrams(TwoPods.B.namespace(), TwoPods.B.address(family), ON_ONE)) {
            for (Path from : List.of(POD, HOST)) {
                try (NativeSocket client = NetworkNamespace.inside(from, () -> new NativeSocket(sockets, DATAGRAM))) {
                    InetSocketAddress port = new InetSocketAddress(two, NODE_PORT);
                    assertThat(client.send(port)).isEqualTo(1);
                    answer(backend);
                    assertThat(client.receive()).isEqualTo(port);
                }
            }
        }
    }

    @Test
    void localMeansTheBackendsOfTheNodeThatIsAddressed() throws Exception {
        daemon.apply(world -> serve(world, true, ON_ONE, ON_TWO));
        try (ServerSocketChannel one = listen(TwoPods.B.namespace(), TwoPods.B.address(family), ON_ONE);
                ServerSocketChannel another = listen(TwoPods.B.namespace(), TwoPods.B.address(family), ON_TWO)) {
            for (Path from : List.of(POD, HOST)) {
                // At random both would be met sooner or later.
                for (int i = 0; i < 20; i++) {
                    assertThat(connect(from, own)).isZero();
                    assertThat(one.accept().isConnected()).isTrue();
                    assertThat(connect(from, two)).isZero();
                    assertThat(another.accept().isConnected()).isTrue();
                }
                assertThat(connect(from, three)).isEqualTo(ECONNREFUSED);
            }
            daemon.apply(world -> serve(world, true, ON_TWO));
            assertThat(connect(POD, own)).isEqualTo(ECONNREFUSED);
        }
    }

    @Test
    void loopbackIsTheNodesOnTheNodeAndThePodsOwnInAPod() throws Exception {
        daemon.apply(world -> serve(world, true, ON_ONE));
        for (String loopback :
                family == Family.IPV4 ? List.of("127.0.0.1", "127.7.7.7", "0.0.0.0") : List.of("::1", "::")) {
            try (ServerSocketChannel backend = listen(TwoPods.B.namespace(), TwoPods.B.address(family), ON_ONE)) {
                assertThat(connect(HOST, loopback)).as(loopback).isZero();
                assertThat(backend.accept().isConnected()).isTrue();
            }
            try (ServerSocketChannel inPod = listen(POD, loopback, NODE_PORT)) {
                assertThat(connect(POD, loopback)).as(loopback).isZero();
                assertThat(inPod.accept().isConnected()).isTrue();
            }
        }
    }

    @Test
    void addressesThatNoNodeHasAreLeftAlone() throws Exception {
        daemon.apply(world -> serve(world, false, ON_ONE));
        try (ServerSocketChannel there = listen(TwoPods.B.namespace(), TwoPods.B.address(family), NODE_PORT)) {
            assertThat(connect(POD, TwoPods.B.address(family))).isZero();
            assertThat(there.accept().isConnected()).isTrue();
        }
        // A node that leaves takes its address with it: nothing is there.
        daemon.apply(world -> world.nodes().gone("three"));
        daemon.apply(world -> world.nodeAddresses(Set.of(Address.parse(three))));
        daemon.apply(world -> world.nodeAddresses(Set.of(Address.parse(own))));
        try (ServerSocketChannel backend = listen(TwoPods.B.namespace(), TwoPods.B.address(family), ON_ONE)) {
            assertThat(connect(POD, three)).isNotZero();
            assertThat(connect(POD, two)).isZero();
            assertThat(backend.accept().isConnected()).isTrue();
        }
    }

    private void nodes(World world) {
        world.nodeAddresses(Set.of(Address.parse(own)));
        world.nodes().node("one", Map.of(), List.of(Cidr.host(own)));
        world.nodes().node("two", Map.of(), List.of(Cidr.host(two)));
        world.nodes().node("three", Map.of(), List.of(Cidr.host(three)));
    }

    /** @param backends ports of pod b */
    private void serve(World world, boolean local, Integer... backends) {
        for (int protocol : List.of(TCP, UDP)) {
            String name = "shop/web-" + protocol;
            String virtual = family == Family.IPV4 ? "10.96.0." + protocol : "fd00:96::" + protocol;
            world.services()
                    .service(
                            name,
                            new Service(
                                    "",
                                    List.of(Address.parse(virtual)),
                                    List.of(new Port("", 80, protocol, NODE_PORT)),
                                    0,
                                    false,
                                    local));
            for (int port : List.of(ON_ONE, ON_TWO)) {
                Endpoint endpoint = new Endpoint(
                        Address.parse(TwoPods.B.address(family)), true, false, port == ON_ONE ? "one" : "two");
                world.services()
                        .slice(
                                name + "-" + port,
                                new Slice(
                                        name,
                                        Map.of("/" + protocol, port),
                                        List.of(backends).contains(port) ? List.of(endpoint) : List.of()));
            }
        }
    }

    /** @return 0, or why not */
    private int connect(Path from, String address) {
        return NetworkNamespace.inside(from, () -> {
            try (NativeSocket client = new NativeSocket(sockets, STREAM)) {
                InetSocketAddress port = new InetSocketAddress(address, NODE_PORT);
                if (client.connect(port) != 0) {
                    return client.errno();
                }
                assertThat(client.peer().getPort()).isEqualTo(NODE_PORT);
                return 0;
            }
        });
    }

    private static ServerSocketChannel listen(Path namespace, String address, int port) {
        return NetworkNamespace.inside(
                namespace, () -> ServerSocketChannel.open().bind(new InetSocketAddress(address, port)));
    }

    private static DatagramChannel datagrams(Path namespace, String address, int port) {
        return NetworkNamespace.inside(
                namespace, () -> DatagramChannel.open().bind(new InetSocketAddress(address, port)));
    }

    private static void answer(DatagramChannel backend) throws IOException, SocketTimeoutException {
        DatagramPacket packet = new DatagramPacket(new byte[16], 16);
        backend.socket().setSoTimeout(2000);
        backend.socket().receive(packet);
        backend.socket().send(packet);
    }
}
