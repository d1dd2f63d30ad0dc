package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.packetlife.Family;
import dev.heddle.node.packetlife.Sentence;
import java.net.InetSocketAddress;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Associations of real SCTP sockets under policy, by both families. */
@Tag("kernels")
@NullUnmarked
class SctpTest {

    private static final int ALLOWED = 7001;
    private static final int DENIED = 7002;
    private static final int SERVICE = 3868;
    private static final int SCTP = 132;

    private static TestPins pins;
    private static TwoPods pods;
    private static SmallDaemon daemon;

    /** Once for all: an emulated machine needs most of a minute to check the programs. */
    @BeforeAll
    static void up() {
        pins = new TestPins();
        pods = TwoPods.up();
        daemon = new SmallDaemon(TestPins.FOLDER);
        VirtualAddress.reachableFromA();
    }

    @AfterAll
    static void down() {
        daemon.close();
        pods.close();
        pins.close();
    }

    @Test
    void associationsFollowThePolicyAndAnOpenOneEndsWithANewDeny() {
        for (Family family : Family.values()) {
            daemon.enforce(
                    Sentence.rules("b accepts sctp " + ALLOWED + " from a", "a reaches sctp " + ALLOWED + " at b"));
            try (SctpSocket listener = listen(family, ALLOWED);
                    SctpSocket other = listen(family, DENIED);
                    SctpSocket client = client(family);
                    SctpSocket refused = client(family)) {
                assertThat(client.connects(place(family, ALLOWED)))
                        .as("allowed")
                        .isTrue();
                assertThat(refused.connects(place(family, DENIED))).as("denied").isFalse();
                assertThat(other.accept()).as("denied").isEmpty();
                try (SctpSocket server = listener.accept().orElseThrow()) {
                    assertTalk(client, server);

                    daemon.enforce(Sentence.rules("b accepts nothing", "b reaches nothing"));
                    client.send(3);
                    assertThat(server.receive()).as("after the deny").isEqualTo(-1);
                    server.send(4);
                    assertThat(client.receive()).as("after the deny").isEqualTo(-1);
                }
            }
        }
    }

    /** No socket call translates SCTP: its packets are. */
    @Test
    void anAssociationWithAServiceReachesItsBackend() {
        daemon.enforce(Sentence.rules("b accepts sctp " + ALLOWED + " from a", "a accepts nothing"));
        for (Family family : Family.values()) {
            InetSocketAddress service = new InetSocketAddress(VirtualAddress.of(family), SERVICE);
            VirtualAddress.lead(daemon, SCTP, service, new InetSocketAddress(TwoPods.B.address(family), ALLOWED));
            VirtualAddress.lead(
                    daemon, SCTP, new InetSocketAddress(service.getAddress(), DENIED), place(family, DENIED));
            try (SctpSocket listener = listen(family, ALLOWED);
                    SctpSocket other = listen(family, DENIED);
                    SctpSocket client = client(family);
                    SctpSocket refused = client(family)) {
                assertThat(client.connects(service)).as("allowed").isTrue();
                assertThat(refused.connects(new InetSocketAddress(service.getAddress(), DENIED)))
                        .as("denied")
                        .isFalse();
                assertThat(other.accept()).as("denied").isEmpty();
                try (SctpSocket server = listener.accept().orElseThrow()) {
                    assertTalk(client, server);
                }
            }
        }
    }

    @Test
    void anAssociationWithAPodsOwnServiceReachesThePodItself() {
        daemon.enforce(Sentence.rules("a accepts nothing", "a reaches nothing"));
        for (Family family : Family.values()) {
            InetSocketAddress service = new InetSocketAddress(VirtualAddress.of(family), SERVICE);
            InetSocketAddress itself = new InetSocketAddress(TwoPods.A.address(family), ALLOWED);
            VirtualAddress.lead(daemon, SCTP, service, itself);
            try (SctpSocket listener = TwoPods.A.inside(() -> SctpSocket.listen(itself));
                    SctpSocket client = client(family)) {
                assertThat(client.connects(service)).isTrue();
                try (SctpSocket server = listener.accept().orElseThrow()) {
                    assertTalk(client, server);
                }
            }
        }
    }

    private static void assertTalk(SctpSocket client, SctpSocket server) {
        client.send(1);
        assertThat(server.receive()).as("to the server").isEqualTo(1);
        server.send(2);
        assertThat(client.receive()).as("and back").isEqualTo(2);
    }

    private static SctpSocket listen(Family family, int port) {
        return TwoPods.B.inside(() -> SctpSocket.listen(place(family, port)));
    }

    private static SctpSocket client(Family family) {
        return TwoPods.A.inside(() -> new SctpSocket(place(family, ALLOWED).getAddress()));
    }

    private static InetSocketAddress place(Family family, int port) {
        return new InetSocketAddress(TwoPods.B.address(family), port);
    }
}
