package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.bpf.Pins;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.packetlife.Sentence;
import dev.heddle.policy.rule.Rule;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A daemon comes whose tables are laid out in another way, and perhaps the one before it again. Here both are of this build,
 * and the other's folder has been given another name: neither can read the other's tables.
 */
@Tag("netns")
class LayoutChangeTest {

    private static final String OLDER = "0123456789abcdef";
    private static final String NEWER = "fedcba9876543210";
    private static final String FLOWS = "flows/";

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
    void thereIsNoGapThereAndBack() throws Exception {
        try (SmallDaemon older = new SmallDaemon(TestPins.FOLDER)) {
            older.enforce(TestPolicies.named("senders"));
        }
        Map<String, Integer> attached = TestPins.links();
        try (UdpStream always = UdpStream.to(TestPolicies.ALWAYS);
                UdpStream never = UdpStream.to(TestPolicies.NEVER);
                PolicyProbe probe = new PolicyProbe();
                LateAnswers datagrams = new LateAnswers();
                OpenConnection first = OpenConnection.to(TestPolicies.ALWAYS)) {
            always.awaitReceived(100);
            TestPins.rename(Abi.HASH, OLDER);
            assertThat(probe.inForce()).isEqualTo("senders");
            try (SmallDaemon newer = new SmallDaemon(TestPins.FOLDER)) {
                newer.enforce(TestPolicies.named("receivers"));
                assertThat(datagrams.answer())
                        .as("an answer, its question denied now")
                        .isFalse();
                newer.enforce(TestPolicies.named("senders"));
                assertThat(datagrams.answer())
                        .as("an answer, its question allowed again")
                        .isTrue();
                newer.enforce(TestPolicies.named("receivers"));
            }
            assertThat(probe.inForce()).isEqualTo("receivers");
            assertThat(first.answers())
                    .as("a connection of the older layout's time")
                    .isTrue();

            try (OpenConnection second = OpenConnection.to(TestPolicies.IF_RECEIVERS)) {
                TestPins.rename(Abi.HASH, NEWER);
                TestPins.rename(OLDER, Abi.HASH);
                try (SmallDaemon back = new SmallDaemon(TestPins.FOLDER)) {
                    back.enforce(TestPolicies.named("receivers"));
                    assertThat(probe.inForce()).isEqualTo("receivers");
                    assertThat(first.answers()).isTrue();
                    assertThat(second.answers())
                            .as("a connection of the newer layout's time")
                            .isTrue();

                    back.enforce(TestPolicies.named("senders"));
                    assertThat(datagrams.answer())
                            .as("an answer, its question allowed again")
                            .isTrue();
                    back.audit();
                }
            }
            always.stop();
            never.stop();
            assertNothingOfTheOlderIsLeft(attached);
            assertThat(never.received()).as("packets that passed by").isZero();
            assertThat(always.received()).as("packets lost").isEqualTo(always.sent());
        }
    }

    /** Flows are laid out otherwise too, so that none can be read: what is open is known again by the pods' sockets. */
    @Test
    void connectionsGoOnThoughFlowsAreLaidOutOtherwise() throws Exception {
        try (SmallDaemon older = new SmallDaemon(TestPins.FOLDER)) {
            older.enforce(TestPolicies.named("senders"));
        }
        Map<String, Integer> attached = TestPins.links();
        try (UdpStream always = UdpStream.to(TestPolicies.ALWAYS);
                UdpStream never = UdpStream.to(TestPolicies.NEVER);
                PolicyProbe probe = new PolicyProbe();
                OpenConnection connection = OpenConnection.to(TestPolicies.ALWAYS)) {
            always.awaitReceived(100);
            TestPins.rename(Abi.HASH, OLDER);
            TestPins.rename(FLOWS + Abi.FLOWS_HASH, FLOWS + OLDER);
            assertThat(connection.answers()).as("before the next daemon").isTrue();
            try (SmallDaemon newer = new SmallDaemon(TestPins.FOLDER)) {
                assertThat(flows()).as("flows that it can read").isZero();
                newer.enforce(TestPolicies.named("senders"));
                assertThat(connection.answers()).isTrue();
                assertThat(connection.asks()).isTrue();
                newer.enforce(TestPolicies.named("receivers"));
                assertThat(connection.answers()).as("after another change").isTrue();
                assertThat(probe.inForce()).isEqualTo("receivers");
                newer.audit();
            }
            always.stop();
            never.stop();
            assertNothingOfTheOlderIsLeft(attached);
            assertThat(Pins.at(TestPins.FOLDER.resolve(FLOWS)).list())
                    .as("what is left of flows")
                    .containsExactly(Abi.FLOWS_HASH);
            assertThat(never.received()).as("packets that passed by").isZero();
            assertThat(always.received()).as("packets lost").isEqualTo(always.sent());
        }
    }

    private static void assertNothingOfTheOlderIsLeft(Map<String, Integer> attached) {
        assertThat(TestPins.links()).as("links, which are never taken off").isEqualTo(attached);
        assertThat(Pins.at(TestPins.FOLDER).list())
                .as("what is left")
                .containsExactlyInAnyOrder("links", "flows", Abi.HASH);
    }

    private static int flows() {
        try (Flows flows = new Flows()) {
            return flows.count();
        }
    }

    /** By the tables, and not by an entry: programs let it go on where a pod lately had no room for one. */
    @Test
    void aConnectionForWhichThereWasNoRoomGoesOn() throws Exception {
        List<Rule> policy =
                Sentence.rules("b accepts tcp 7001 from a", "b accepts tcp 7003 from a", "b reaches nothing");
        try (SmallDaemon older = new SmallDaemon(TestPins.FOLDER);
                Flows flows = new Flows()) {
            older.enforce(policy);
            try (OpenConnection known = OpenConnection.to(TestPolicies.ALWAYS)) {
                flows.charge(TwoPods.B, Flows.BUDGET);
                try (OpenConnection unknown = OpenConnection.to(TestPolicies.IF_SENDERS)) {
                    assertThat(unknown.answers()).isTrue();
                    assertThat(flows.charged(TwoPods.B)).isEqualTo(Flows.BUDGET);
                    TestPins.rename(Abi.HASH, OLDER);
                    try (SmallDaemon newer = new SmallDaemon(TestPins.FOLDER)) {
                        newer.enforce(policy);
                        assertThat(known.answers()).isTrue();
                        assertThat(unknown.answers()).isTrue();
                    }
                }
            }
        }
    }

    /** A question to a pod by UDP, from a socket without a peer: no socket shows that an answer is owed, only the flow does. */
    private static final class LateAnswers implements AutoCloseable {
        private final DatagramChannel server = bind(TwoPods.B, TestPolicies.IF_SENDERS);
        private final DatagramChannel client = bind(TwoPods.A, 0);
        private final SocketAddress asker;

        LateAnswers() throws IOException {
            client.send(
                    ByteBuffer.wrap(new byte[1]), new InetSocketAddress(TwoPods.B.address(), TestPolicies.IF_SENDERS));
            asker = server.receive(ByteBuffer.allocate(1));
        }

        boolean answer() throws IOException {
            server.send(ByteBuffer.wrap(new byte[1]), asker);
            client.socket().setSoTimeout(1500);
            try {
                client.socket().receive(new DatagramPacket(new byte[1], 1));
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            }
        }

        private static DatagramChannel bind(TwoPods.Pod pod, int port) {
            return pod.inside(() -> DatagramChannel.open().bind(new InetSocketAddress(pod.address(), port)));
        }

        @Override
        public void close() throws IOException {
            server.close();
            client.close();
        }
    }
}
