package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.netlink.NetworkNamespace;
import dev.heddle.node.packetlife.Family;
import dev.heddle.node.packetlife.Sentence;
import dev.heddle.policy.rule.Rule;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A node reaches its own pods and is reached by them, whatever the policy; the kubelet's probes depend on it. */
@ParameterizedClass(name = "{0}")
@EnumSource(Family.class)
@Tag("netns")
class HostTrafficTest {

    private static final int PORT = 7001;
    private static final Path THIS_MACHINE = Path.of("/proc/self/ns/net");
    private static final List<Rule> ISOLATED = Sentence.rules("a accepts nothing", "a reaches nothing");

    private final Family family;

    private TestPins pins;
    private TwoPods pods;

    HostTrafficTest(Family family) {
        this.family = family;
    }

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
    void anIsolatedPodAndItsNodeReachEachOther() throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                ServerSocketChannel pod = listen(TwoPods.A.namespace(), TwoPods.A.address(family));
                ServerSocketChannel host = listen(THIS_MACHINE, TwoPods.host(family))) {
            assertThat(pod.isOpen() && host.isOpen()).isTrue();
            daemon.nodeAddresses(TwoPods.host(family));
            daemon.enforce(ISOLATED);

            assertThat(connects(THIS_MACHINE, TwoPods.A.address(family))).isTrue();
            assertThat(connects(TwoPods.A.namespace(), TwoPods.host(family))).isTrue();
            assertThat(connects(TwoPods.B.namespace(), TwoPods.A.address(family)))
                    .isFalse();
        }
    }

    /** The node is whoever has one of its addresses: one that is taken from it is a stranger's. */
    @Test
    void anAddressThatIsNoLongerTheNodesIsAStrangers() throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                ServerSocketChannel pod = listen(TwoPods.A.namespace(), TwoPods.A.address(family));
                ServerSocketChannel host = listen(THIS_MACHINE, TwoPods.host(family))) {
            assertThat(pod.isOpen() && host.isOpen()).isTrue();
            daemon.nodeAddresses(TwoPods.host(family));
            daemon.enforce(ISOLATED);
            daemon.nodeAddresses(family == Family.IPV4 ? "10.199.77.200" : "fd00:199:77::200");
            daemon.enforce(ISOLATED);

            assertThat(connects(THIS_MACHINE, TwoPods.A.address(family))).isFalse();
            assertThat(connects(TwoPods.A.namespace(), TwoPods.host(family))).isFalse();
        }
    }

    private static ServerSocketChannel listen(Path namespace, String address) {
        return NetworkNamespace.inside(
                namespace, () -> ServerSocketChannel.open().bind(new InetSocketAddress(address, PORT)));
    }

    private static boolean connects(Path namespace, String address) {
        return NetworkNamespace.inside(namespace, () -> connects(address));
    }

    private static boolean connects(String address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, PORT), 1000);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
