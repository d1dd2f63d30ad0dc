package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.packetlife.Family;
import dev.heddle.node.packetlife.Sentence;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pods with an address of each family: the same policy for both, whatever the sockets and the packets are. */
@Tag("netns")
class DualStackTest {

    private static final int ASKED = 7001;
    private static final int OTHER = 7002;
    /** More than one packet of Ethernet's 1,500 bytes. */
    private static final int LARGE = 5_000;

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

    @ParameterizedTest
    @EnumSource(Family.class)
    void aPolicyIsInForceForTcpAndUdp(Family family) throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                UdpStream allowed = UdpStream.to(TestPolicies.ALWAYS, family);
                UdpStream denied = UdpStream.to(TestPolicies.NEVER, family);
                ServerSocketChannel one = listen(TestPolicies.ALWAYS, family);
                ServerSocketChannel two = listen(TestPolicies.NEVER, family)) {
            denied.awaitReceived(1);
            daemon.enforce(TestPolicies.named("senders"));
            long before = denied.received();

            assertThat(connects(TestPolicies.ALWAYS, family)).isTrue();
            assertThat(connects(TestPolicies.NEVER, family)).isFalse();
            allowed.awaitReceived(allowed.received() + 100);
            assertThat(denied.received()).as("at most what was under way").isLessThan(before + 50);
            assertThat(one.isOpen() && two.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aRangeOfOneFamilyIsNotTheOthers(Family family) throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                ServerSocketChannel ipv4 = listen(ASKED, Family.IPV4);
                ServerSocketChannel ipv6 = listen(ASKED, Family.IPV6)) {
            daemon.enforce(Sentence.rules("b accepts tcp 7001 from " + (family == Family.IPV4 ? "0.0.0.0/0" : "::/0")));

            assertThat(connects(ASKED, Family.IPV4)).isEqualTo(family == Family.IPV4);
            assertThat(connects(ASKED, Family.IPV6)).isEqualTo(family == Family.IPV6);
            assertThat(ipv4.isOpen() && ipv6.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aDatagramInPiecesArrivesWholeOrNotAtAll(Family family) throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                DatagramChannel asked = bind(ASKED, family);
                DatagramChannel other = bind(OTHER, family);
                DatagramChannel sender = TwoPods.A.inside(() -> DatagramChannel.open())) {
            daemon.enforce(Sentence.rules("b accepts udp 7001 from a"));
            sender.send(ByteBuffer.allocate(LARGE), new InetSocketAddress(TwoPods.B.address(family), OTHER));
            sender.send(ByteBuffer.allocate(LARGE), new InetSocketAddress(TwoPods.B.address(family), ASKED));

            assertThat(received(asked)).isEqualTo(LARGE);
            assertThat(received(other)).as("nothing").isEqualTo(-1);
        }
    }

    /** Neighbours find each other, and answers come back, where nothing else may enter or leave. */
    @Test
    void underIsolationTheLinkGoesOn() throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                ServerSocketChannel listener = listen(ASKED, Family.IPV6)) {
            daemon.enforce(Sentence.rules(
                    "a accepts nothing", "a reaches tcp 7001 at b", "b accepts tcp 7001 from a", "b reaches nothing"));
            TwoPods.A.forgetsNeighbours();
            TwoPods.B.forgetsNeighbours();

            assertThat(connects(ASKED, Family.IPV6)).isTrue();
            assertThat(listener.isOpen()).isTrue();
        }
    }

    /** Duplicate address detection, RFC 4862: the kernel takes an address when nobody objects to it. */
    @Test
    void aPodTakesItsAddressUnderPolicyAndNoOther() throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                ServerSocketChannel listener = listen(ASKED, Family.IPV6)) {
            daemon.enforce(Sentence.rules("a accepts nothing"));
            TwoPods.A.takesAgain(TwoPods.A.address6());

            assertThat(connects(ASKED, Family.IPV6)).isTrue();
            TwoPods.A.alsoHas("fd00:199:77::9");
            assertThat(connects(ASKED, TwoPods.B.address6(), "fd00:199:77::9")).isFalse();
            assertThat(listener.isOpen()).isTrue();
        }
    }

    /** By its link-local address a pod is nobody: neither whom the policy names, nor a way round it. */
    @Test
    void linkLocalAddressesAreNoWayRound() throws Exception {
        TwoPods.A.awaitAddress("fe80:");
        TwoPods.B.awaitAddress("fe80:");
        String b = TwoPods.B.linkLocal() + "%" + TwoPods.A.ifindexInside();
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                ServerSocketChannel listener =
                        TwoPods.B.inside(() -> ServerSocketChannel.open().bind(new InetSocketAddress("::", ASKED)))) {
            daemon.enforce(Sentence.rules());
            assertThat(connects(ASKED, b, null)).isTrue();
            daemon.enforce(Sentence.rules("b accepts tcp 7001 from a"));
            assertThat(connects(ASKED, b, null)).isFalse();
            assertThat(connects(ASKED, Family.IPV6)).isTrue();
            daemon.enforce(Sentence.rules("b accepts tcp 7001 from anyone"));
            assertThat(connects(ASKED, b, null)).isTrue();
            assertThat(listener.isOpen()).isTrue();
        }
    }

    private static boolean connects(int port, Family family) {
        return connects(port, TwoPods.B.address(family), null);
    }

    private static boolean connects(int port, String to, @Nullable String from) {
        return TwoPods.A.inside(() -> {
            try (Socket socket = new Socket()) {
                if (from != null) {
                    socket.bind(new InetSocketAddress(from, 0));
                }
                socket.connect(new InetSocketAddress(InetAddress.getByName(to), port), 1000);
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            }
        });
    }

    private static ServerSocketChannel listen(int port, Family family) {
        return TwoPods.B.inside(
                () -> ServerSocketChannel.open().bind(new InetSocketAddress(TwoPods.B.address(family), port)));
    }

    private static DatagramChannel bind(int port, Family family) {
        return TwoPods.B.inside(
                () -> DatagramChannel.open().bind(new InetSocketAddress(TwoPods.B.address(family), port)));
    }

    /** Bytes of the next datagram; -1 when none comes. */
    private static int received(DatagramChannel at) throws IOException {
        at.socket().setSoTimeout((int) TimeUnit.SECONDS.toMillis(1));
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        try {
            at.socket().receive(packet);
            return packet.getLength();
        } catch (SocketTimeoutException e) {
            return -1;
        }
    }
}
