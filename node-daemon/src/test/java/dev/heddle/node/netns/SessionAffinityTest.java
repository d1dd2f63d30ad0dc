package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.desired.ServiceTable.Endpoint;
import dev.heddle.node.desired.ServiceTable.Port;
import dev.heddle.node.desired.ServiceTable.Service;
import dev.heddle.node.desired.ServiceTable.Slice;
import dev.heddle.node.desired.World;
import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.layout.AffinityLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.netlink.NetworkNamespace;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.packetlife.Family;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A Service with {@code sessionAffinity: ClientIP} and two backends in pod b, met from pod a and from the node. */
@Tag("netns")
@ParameterizedClass(name = "{0}")
@EnumSource(Family.class)
class SessionAffinityTest {

    private static final int TCP = 6;
    private static final int PORT = 80;
    private static final int NODE_PORT = 30080;
    private static final int TIMEOUT = 3600;
    private static final int ONE = 8081;
    private static final int TWO = 8082;
    /** Without affinity, this many connections all meet one backend once in 2^30 runs. */
    private static final int MANY = 30;

    private static final Path POD = TwoPods.A.namespace();
    private static final Path HOST = Path.of("/proc/self/ns/net");

    private final Family family;
    private final NativeSocket.Family sockets;
    private final String virtual;

    private TestPins pins;
    private TestGroup group;
    private TwoPods pods;
    private ServiceDaemon daemon;
    private ServerSocketChannel one;
    private ServerSocketChannel two;

    SessionAffinityTest(Family family) {
        this.family = family;
        boolean ipv4 = family == Family.IPV4;
        sockets = ipv4 ? NativeSocket.Family.INET : NativeSocket.Family.INET6;
        virtual = ipv4 ? "10.96.0.5" : "fd00:96::5";
    }

    @BeforeEach
    void up() throws IOException {
        pins = new TestPins();
        pods = TwoPods.up();
        group = new TestGroup();
        daemon = new ServiceDaemon(group.folder());
        one = listen(ONE);
        two = listen(TWO);
        daemon.apply(world -> {
            world.nodeAddresses(Set.of(Address.parse(TwoPods.host(family))));
            serve(world, ONE, TWO);
        });
    }

    @AfterEach
    void down() throws IOException {
        one.close();
        two.close();
        daemon.close();
        group.close();
        pods.close();
        pins.close();
    }

    @Test
    void aClientComesBackToItsBackendAtEveryAddressOfTheService() throws Exception {
        int met = connect(POD, virtual, PORT);
        for (int i = 0; i < MANY; i++) {
            assertThat(connect(POD, virtual, PORT)).isEqualTo(met);
            assertThat(connect(POD, TwoPods.host(family), NODE_PORT)).isEqualTo(met);
        }
    }

    @Test
    void itNeedsNoDaemon() throws Exception {
        int met = connect(POD, virtual, PORT);
        daemon.close();

        for (int i = 0; i < MANY; i++) {
            assertThat(connect(POD, virtual, PORT)).isEqualTo(met);
        }
        daemon = new ServiceDaemon(group.folder());
        daemon.apply(world -> {
            world.nodeAddresses(Set.of(Address.parse(TwoPods.host(family))));
            serve(world, ONE, TWO);
        });
        for (int i = 0; i < MANY; i++) {
            assertThat(connect(POD, virtual, PORT)).as("after a restart").isEqualTo(met);
        }
    }

    @Test
    void everyClientHasABackendOfItsOwn() throws Exception {
        int met = connect(POD, virtual, PORT);
        byte[] ofThePod = onlyClient();
        until(another -> another != met, () -> {
            forget(client -> !Arrays.equals(client, ofThePod));
            return connect(HOST, virtual, PORT);
        });

        assertThat(connect(POD, virtual, PORT)).isEqualTo(met);
        assertThat(connect(HOST, virtual, PORT)).isNotEqualTo(met);
    }

    @Test
    void aClientThatStaysAwayIsForgotten() throws Exception {
        int met = connect(POD, virtual, PORT);
        for (int i = 0; i < MANY; i++) {
            staysAway(TIMEOUT - 10);
            assertThat(connect(POD, virtual, PORT)).as("each time counts anew").isEqualTo(met);
        }
        until(another -> another != met, () -> {
            staysAway(TIMEOUT);
            return connect(POD, virtual, PORT);
        });
    }

    @Test
    void aBackendThatLeftIsNotUsedAgain() throws Exception {
        int left = connect(POD, virtual, PORT);
        int stays = left == ONE ? TWO : ONE;
        daemon.apply(world -> serve(world, stays));
        assertThat(connect(POD, virtual, PORT)).isEqualTo(stays);

        daemon.apply(world -> serve(world, ONE, TWO));
        for (int i = 0; i < MANY; i++) {
            assertThat(connect(POD, virtual, PORT)).as("the new one counts").isEqualTo(stays);
        }
        daemon.apply(this::serve);
        assertThat(connect(POD, virtual, PORT)).as("nobody is there").isZero();
    }

    private interface Attempt {
        int make() throws Exception;
    }

    private static void until(Predicate<Integer> met, Attempt attempt) throws Exception {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 10 * MANY; i++) {
            int backend = attempt.make();
            if (met.test(backend)) {
                return;
            }
            seen.add(backend);
        }
        throw new AssertionError("only met " + seen);
    }

    private byte[] onlyClient() {
        try (BpfMap known = TestPins.map(KernelMap.AFFINITIES)) {
            byte[] key = known.nextKey(null).orElseThrow();
            assertThat(known.nextKey(key)).isEmpty();
            return key;
        }
    }

    private static void forget(Predicate<byte[]> which) {
        try (BpfMap known = TestPins.map(KernelMap.AFFINITIES)) {
            Optional<byte[]> key = known.nextKey(null);
            while (key.isPresent()) {
                Optional<byte[]> next = known.nextKey(key.get());
                if (which.test(key.get())) {
                    known.delete(key.get());
                }
                key = next;
            }
        }
    }

    /** Has the only client's last connection be so much longer ago. */
    private void staysAway(int seconds) {
        try (BpfMap known = TestPins.map(KernelMap.AFFINITIES)) {
            byte[] client = onlyClient();
            ByteBuffer value =
                    ByteBuffer.wrap(known.lookup(client).orElseThrow()).order(ByteOrder.nativeOrder());
            int seen = (int) AffinityLayout.SEEN;
            value.putLong(seen, value.getLong(seen) - TimeUnit.SECONDS.toNanos(seconds));
            known.put(client, value.array());
        }
    }

    /** @param backends ports of pod b */
    private void serve(World world, Integer... backends) {
        world.services()
                .service(
                        "shop/web",
                        new Service(
                                "",
                                List.of(Address.parse(virtual)),
                                List.of(new Port("", PORT, TCP, NODE_PORT)),
                                TIMEOUT,
                                false,
                                false));
        Endpoint endpoint = new Endpoint(Address.parse(TwoPods.B.address(family)), true, false, "one");
        for (int port : List.of(ONE, TWO)) {
            world.services()
                    .slice(
                            "shop/web-" + port,
                            new Slice(
                                    "shop/web",
                                    Map.of("/" + TCP, port),
                                    List.of(backends).contains(port) ? List.of(endpoint) : List.of()));
        }
    }

    /** @return the port of the backend that was met; 0 if none */
    private int connect(Path from, String address, int port) throws IOException {
        int result = NetworkNamespace.inside(from, () -> {
            try (NativeSocket client = new NativeSocket(sockets, NativeSocket.STREAM)) {
                return (int) client.connect(new InetSocketAddress(address, port));
            }
        });
        if (result != 0) {
            return 0;
        }
        for (ServerSocketChannel backend : List.of(one, two)) {
            if (backend.accept() != null) {
                return ((InetSocketAddress) backend.getLocalAddress()).getPort();
            }
        }
        throw new AssertionError("connected to neither");
    }

    private ServerSocketChannel listen(int port) {
        return NetworkNamespace.inside(TwoPods.B.namespace(), () -> {
            ServerSocketChannel channel =
                    ServerSocketChannel.open().bind(new InetSocketAddress(TwoPods.B.address(family), port), 1024);
            channel.configureBlocking(false);
            return channel;
        });
    }
}
