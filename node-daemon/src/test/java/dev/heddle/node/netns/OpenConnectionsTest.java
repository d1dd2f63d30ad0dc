package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.packetlife.Family;
import dev.heddle.node.packetlife.Sentence;
import dev.heddle.policy.rule.Rule;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections whose beginning no program saw, or that conntrack forgot, when a direction of a pod closes. */
@Tag("netns")
class OpenConnectionsTest {

    private static final int PORT = 7001;
    private static final int OTHER_PORT = 7002;
    private static final String SERVER_SENDS_NOTHING = "b accepts tcp 7001 from a; b reaches nothing";
    private static final String CLIENT_ACCEPTS_NOTHING = "a reaches tcp 7001 at b; a accepts nothing";

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
    @EnumSource(OpenConnection.Way.class)
    void aServerThatWasThereFirstKeepsAnswering(OpenConnection.Way way) throws Exception {
        try (OpenConnection connection = OpenConnection.to(PORT, way);
                SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER)) {
            daemon.enforce(rules(SERVER_SENDS_NOTHING));

            assertThat(connection.answers()).isTrue();
            assertThat(connection.asks()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(OpenConnection.Way.class)
    void aClientThatWasThereFirstKeepsGettingAnswers(OpenConnection.Way way) throws Exception {
        try (OpenConnection connection = OpenConnection.to(PORT, way);
                SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER)) {
            daemon.enforce(rules(CLIENT_ACCEPTS_NOTHING));

            assertThat(connection.answers()).isTrue();
            assertThat(connection.asks()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(OpenConnection.Way.class)
    void whatPolicyDeniesEnds(OpenConnection.Way way) throws Exception {
        try (OpenConnection connection = OpenConnection.to(OTHER_PORT, way);
                SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER)) {
            daemon.enforce(rules(SERVER_SENDS_NOTHING));
            assertThat(connection.answers()).isFalse();

            daemon.enforce(rules(CLIENT_ACCEPTS_NOTHING));
            assertThat(connection.answers()).isFalse();
            assertThat(connection.asks()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aSocketThatSpeaksUdpWithOnePeerKeepsGettingAnswers(Family family) throws Exception {
        InetSocketAddress place = new InetSocketAddress(TwoPods.B.address(family), PORT);
        try (DatagramChannel server =
                        TwoPods.B.inside(() -> DatagramChannel.open().bind(place));
                DatagramChannel client =
                        TwoPods.A.inside(() -> DatagramChannel.open().connect(place));
                SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER)) {
            daemon.enforce(rules("a reaches udp 7001 at b; a accepts nothing"));

            server.send(ByteBuffer.wrap(new byte[1]), client.getLocalAddress());
            client.socket().setSoTimeout(1500);
            client.socket().receive(new DatagramPacket(new byte[1], 1));
        }
    }

    /** As a busy connection older than the time for which an established flow is remembered. */
    @ParameterizedTest
    @ValueSource(strings = {SERVER_SENDS_NOTHING, CLIENT_ACCEPTS_NOTHING})
    void aConnectionThatWasForgottenGoesOn(String policy) throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                Flows flows = new Flows()) {
            daemon.enforce(Sentence.rules());
            try (OpenConnection connection = OpenConnection.to(PORT);
                    OpenConnection denied = OpenConnection.to(OTHER_PORT)) {
                assertThat(connection.answers()).isTrue();
                flows.forget();
                assertThat(connection.answers()).as("open both ways").isTrue();
                daemon.enforce(rules(policy));

                assertThat(connection.answers()).isTrue();
                assertThat(connection.asks()).isTrue();
                assertThat(denied.answers()).isFalse();
            }
        }
    }

    /** The entry knows better than the socket who began; only its time is renewed. */
    @Test
    void aFlowThatIsStillKnownStaysAsItIs() throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                Flows flows = new Flows()) {
            daemon.enforce(Sentence.rules());
            try (OpenConnection connection = OpenConnection.to(PORT)) {
                byte[] young = flows.of(TwoPods.A);
                daemon.enforce(rules(CLIENT_ACCEPTS_NOTHING));
                assertThat(flows.of(TwoPods.A))
                        .as("not old enough to be touched")
                        .isEqualTo(young);

                daemon.enforce(Sentence.rules());
                byte[] old = Flows.aged(young, Duration.ofHours(5));
                flows.put(TwoPods.A, old);
                daemon.enforce(rules(CLIENT_ACCEPTS_NOTHING));
                byte[] renewed = flows.of(TwoPods.A);
                assertThat(Flows.age(renewed)).isLessThan(Duration.ofMinutes(1));
                assertThat(Flows.timeless(renewed)).isEqualTo(Flows.timeless(old));
                assertThat(connection.answers()).isTrue();
            }
        }
    }

    @Test
    void noMoreIsKnownThanThePodsBudget() throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                Flows flows = new Flows()) {
            daemon.enforce(Sentence.rules());
            try (OpenConnection one = OpenConnection.to(PORT);
                    OpenConnection two = OpenConnection.to(OTHER_PORT)) {
                flows.forget();
                flows.charge(TwoPods.A, Flows.BUDGET - 1);
                daemon.enforce(rules(CLIENT_ACCEPTS_NOTHING));

                assertThat(one.isOpen() && two.isOpen()).isTrue();
                assertThat(flows.count()).isEqualTo(1);
                assertThat(flows.charged(TwoPods.A)).isEqualTo(Flows.BUDGET);
            }
        }
    }

    private static List<Rule> rules(String sentences) {
        return Sentence.rules(sentences.split("; ", -1));
    }
}
