package dev.heddle.node.packetlife;

import static dev.heddle.node.packetlife.Packet.SCTP;
import static dev.heddle.node.packetlife.Packet.TCP;
import static dev.heddle.node.packetlife.Packet.UDP;
import static dev.heddle.node.packetlife.Packet.sctp;
import static dev.heddle.node.packetlife.Packet.tcp;
import static dev.heddle.node.packetlife.Packet.tooBig;
import static dev.heddle.node.packetlife.Packet.udp;
import static dev.heddle.node.packetlife.Packet.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.DropReason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets that name a service: to which backend they go, what is in them then, and what its answers say. */
@ParameterizedClass(name = "{0}")
@EnumSource(Family.class)
@Tag("bpf")
class ServiceLifeTest {
    @RegisterExtension
    static final Devices DEVICES = new Devices();

    private final Family family;
    private Life life;

    ServiceLifeTest(Family family) {
        this.family = family;
        life = Life.of(DEVICES, family, Config.DEFAULT);
    }

    @AfterEach
    void end() {
        life.close();
    }

    /**
     * A conversation: what the pod sends and receives, and what is under way instead.
     *
     * @param service of the service, and its backend's port
     */
    private record Talk(int protocol, int service, int backend, List<Packet> asks, List<Packet> sent) {}

    private static List<Talk> talks() {
        return List.of(
                new Talk(
                        TCP,
                        80,
                        8080,
                        List.of(tcp("web:40000", "vip:80").syn(), tcp("web:40000", "vip:80")),
                        List.of(tcp("web:40000", "db:8080").syn(), tcp("web:40000", "db:8080"))),
                new Talk(UDP, 53, 53, List.of(udp("web:40000", "vip:53")), List.of(udp("web:40000", "db:53"))),
                new Talk(UDP, 53, 5353, List.of(udp("web:40000", "vip:53")), List.of(udp("web:40000", "db:5353"))),
                new Talk(
                        SCTP,
                        3868,
                        3868,
                        List.of(sctp("web:40000", "vip:3868").init(), sctp("web:40000", "vip:3868")),
                        List.of(sctp("web:40000", "db:3868").init(), sctp("web:40000", "db:3868"))),
                new Talk(
                        SCTP,
                        3868,
                        13868,
                        List.of(sctp("web:40000", "vip:3868").init(), sctp("web:40000", "vip:3868")),
                        List.of(sctp("web:40000", "db:13868").init(), sctp("web:40000", "db:13868"))));
    }

    private static Packet answer(int protocol, String from) {
        return switch (protocol) {
            case TCP -> tcp(from, "web:40000").synAck();
            case UDP -> udp(from, "web:40000");
            default -> sctp(from, "web:40000").initAck();
        };
    }

    @Test
    void theBackendTakesTheServicesPlaceAndBackAgainAndAllChecksumsAreRight() {
        for (Talk talk : talks()) {
            restart(Config.DEFAULT);
            life.services().lead(talk.protocol(), "vip:" + talk.service(), 1, "db:" + talk.backend());
            for (int i = 0; i < talk.asks().size(); i++) {
                leavesAs(talk.asks().get(i), talk.sent().get(i));
            }
            arrivesAs(
                    answer(talk.protocol(), "db:" + talk.backend()), answer(talk.protocol(), "vip:" + talk.service()));
            arrivesUnchanged(udp("world:" + talk.backend(), "web:40000"));
            arrivesUnchanged(answer(talk.protocol(), "db:" + (talk.backend() + 1)));
            leavesUnchanged(answerTo(talk));
        }
    }

    /** Another port of the service's address is no service. */
    private static Packet answerTo(Talk talk) {
        return talk.protocol() == TCP
                ? tcp("web:40000", "vip:81").syn()
                : talk.protocol() == UDP
                        ? udp("web:40000", "vip:81")
                        : sctp("web:40000", "vip:81").init();
    }

    @Test
    void anSctpPacketOfAnyLengthHasTheRightCode() {
        life.services().lead(SCTP, "vip:3868", 1, "db:13868");
        leavesAs(
                sctp("web:40000", "vip:3868").init(),
                sctp("web:40000", "db:13868").init());
        for (int length : new int[] {16, 17, 18, 31, 64, 255, 256, 1000, 1463}) {
            byte[] chunk = new byte[length];
            new java.util.Random(length).nextBytes(chunk);
            leavesAs(
                    sctp("web:40000", "vip:3868").ending(chunk),
                    sctp("web:40000", "db:13868").ending(chunk));
        }
    }

    /** A device is still to compute it. */
    @Test
    void anSctpCodeThatIsNotThereYetStaysSo() {
        life.services().lead(SCTP, "vip:3868", 1, "db:13868");
        life.leaves(sctp("web:40000", "vip:3868").init()).passes();
        byte[] left = life.left();
        int code = left.length - sctp("web:1", "db:1").payload().length + 8;
        assertThat(java.util.Arrays.copyOfRange(left, code, code + 4)).containsOnly(0);
        assertThat(left[code - 6] & 0xff).isEqualTo(13868 >> 8);
    }

    @Test
    void aFlowKeepsItsBackendAndOthersMeetOthers() {
        life.services().lead(TCP, "vip:80", 1, "db:8080", "stranger:8080", "api:8080");
        Set<Cast> met = new HashSet<>();
        for (int port = 1024; port < 1088; port++) {
            Cast first = sends(tcp("web:" + port, "vip:80").syn());
            met.add(first);
            assertThat(sends(tcp("web:" + port, "vip:80").syn())).isEqualTo(first);
            assertThat(sends(tcp("web:" + port, "vip:80"))).isEqualTo(first);
        }
        assertThat(met).containsExactlyInAnyOrder(Cast.DB, Cast.STRANGER, Cast.API);
    }

    @Test
    void aConnectionKeepsABackendThatIsGoneAndWhatBeginsGoesElsewhere() {
        life.services().lead(TCP, "vip:80", 1, "db:8080");
        life.services().lead(UDP, "vip:80", 2, "db:8080");
        life.services().lead(SCTP, "vip:80", 3, "db:8080");
        assertThat(sends(tcp("web:1", "vip:80").syn())).isEqualTo(Cast.DB);
        assertThat(sends(udp("web:1", "vip:80"))).isEqualTo(Cast.DB);
        assertThat(sends(sctp("web:1", "vip:80").init())).isEqualTo(Cast.DB);
        life.services().lead(TCP, "vip:80", 4, "stranger:8080");
        life.services().lead(UDP, "vip:80", 5, "stranger:8080");
        life.services().lead(SCTP, "vip:80", 6, "stranger:8080");

        assertThat(sends(tcp("web:1", "vip:80"))).isEqualTo(Cast.DB);
        assertThat(sends(sctp("web:1", "vip:80"))).isEqualTo(Cast.DB);
        assertThat(sends(udp("web:1", "vip:80"))).isEqualTo(Cast.STRANGER);
        assertThat(sends(tcp("web:1", "vip:80").syn())).isEqualTo(Cast.STRANGER);
        assertThat(sends(tcp("web:1", "vip:80"))).isEqualTo(Cast.STRANGER);
        assertThat(sends(sctp("web:1", "vip:80").init())).isEqualTo(Cast.STRANGER);
    }

    @Test
    void aConnectionThatEitherEndClosesIsForgottenSoonUnderBothAddresses() {
        closesBy(tcp("web:1", "vip:80").fin());
        closesBy(tcp("web:1", "vip:80").rst());
        closesBy(tcp("db:8080", "web:1").fin());
        closesBy(tcp("db:8080", "web:1").rst());
    }

    private void closesBy(Packet end) {
        for (String[] policy : new String[][] {{}, {"web accepts nothing"}}) {
            restart(Config.DEFAULT);
            life.given(policy);
            life.services().lead(TCP, "vip:80", 1, "db:8080");
            life.travels(tcp("web:1", "vip:80").syn()).passes();
            life.travels(tcp("web:1", "vip:80").syn()).passes();
            assertThat(life.states()).containsExactly(Abi.CT_NEW, Abi.CT_NEW);
            life.travels(tcp("db:8080", "web:1").synAck()).passes();
            life.travels(tcp("web:1", "vip:80")).passes();
            assertThat(life.states()).containsExactly(Abi.CT_ESTABLISHED, Abi.CT_ESTABLISHED);
            life.travels(end).passes();
            assertThat(life.states()).containsExactly(Abi.CT_CLOSING, Abi.CT_CLOSING);
            life.travels(tcp("web:1", "vip:80")).passes();
            assertThat(life.states()).containsExactly(Abi.CT_CLOSING, Abi.CT_CLOSING);
            life.travels(tcp("web:1", "vip:80").syn()).passes();
            assertThat(life.states()).containsExactly(Abi.CT_NEW, Abi.CT_NEW);
        }
    }

    @Test
    void aClientComesBackToItsBackendWhileThatIsOneOfTheServices() {
        for (int protocol : new int[] {TCP, UDP, SCTP}) {
            restart(Config.DEFAULT);
            life.services().leadBack(protocol, "vip:80", 3600, 1, "db:8080", "stranger:8080", "world:8080");
            Cast first = sends(begins(protocol, "web:1", "vip:80"));
            for (int port = 2; port < 32; port++) {
                assertThat(sends(begins(protocol, "web:" + port, "vip:80"))).isEqualTo(first);
            }
            List<Cast> others = new java.util.ArrayList<>(List.of(Cast.DB, Cast.STRANGER, Cast.WORLD));
            others.remove(first);
            String[] left =
                    others.stream().map(other -> other.label() + ":8080").toArray(String[]::new);
            life.services().leadBack(protocol, "vip:80", 3600, 2, left);
            Cast second = sends(begins(protocol, "web:100", "vip:80"));
            assertThat(second).isNotEqualTo(first);
            life.services().leadBack(protocol, "vip:80", 3600, 3, "db:8080", "stranger:8080", "world:8080");
            for (int port = 101; port < 132; port++) {
                assertThat(sends(begins(protocol, "web:" + port, "vip:80"))).isEqualTo(second);
            }
        }
    }

    @Test
    void aClientThatStayedAwayTooLongIsForgotten() {
        life.services().leadBack(SCTP, "vip:80", 0, 1, "db:8080", "stranger:8080", "world:8080");
        Set<Cast> met = new HashSet<>();
        for (int port = 1; port < 64; port++) {
            met.add(sends(sctp("web:" + port, "vip:80").init()));
        }
        assertThat(met).hasSize(3);
    }

    private static Packet begins(int protocol, String from, String to) {
        return switch (protocol) {
            case TCP -> tcp(from, to).syn();
            case UDP -> udp(from, to);
            default -> sctp(from, to).init();
        };
    }

    /** Somebody else's since before Heddle came. */
    @Test
    void whatDoesNotBeginHereIsLeftAlone() {
        life.services().lead(TCP, "vip:80", 1, "db:8080");
        life.services().lead(SCTP, "vip:80", 2, "db:8080");
        leavesUnchanged(tcp("web:1", "vip:80"));
        leavesUnchanged(tcp("web:1", "vip:80").fin());
        leavesUnchanged(sctp("web:1", "vip:80"));
        leavesUnchanged(sctp("web:1", "vip:80").initAck());
    }

    @Test
    void policySeesTheBackendAndAnswersPassAPodThatAcceptsNothing() {
        life.services().lead(TCP, "vip:80", 1, "db:8080");
        life.services().lead(TCP, "vip:81", 2, "api:8080");
        life.given("web accepts nothing", "web reaches tcp 8080 at db");
        leavesAs(tcp("web:40000", "vip:80").syn(), tcp("web:40000", "db:8080").syn());
        arrivesAs(
                tcp("db:8080", "web:40000").synAck(), tcp("vip:80", "web:40000").synAck());
        life.leaves(tcp("web:40000", "vip:81").syn()).denied();
        life.arrives(tcp("vip:80", "web:40000").synAck()).denied();

        life.given("web accepts nothing", "web reaches tcp 80 at db");
        life.leaves(tcp("web:40000", "vip:80")).denied();
        life.arrives(tcp("db:8080", "web:40000")).denied();
    }

    @Test
    void aServiceWithoutBackendsDropsAndAPodMeetsItselfWhereNobodyElseIs() {
        life.services().lead(UDP, "vip:80", 1);
        life.services().lead(UDP, "vip:81", 2, "web:8080");
        life.services().leadNodePort(UDP, "host:30080", 2, "web:8080");
        life.leaves(udp("web:1", "vip:80")).dropped(DropReason.SERVICE_WITHOUT_BACKENDS);
        life.leaves(udp("web:1", "host:30080")).dropped(DropReason.SERVICE_ONLY_ITSELF);
        life.leaves(udp("web:1", "vip:81")).turnsRound();
        life.services().lead(UDP, "vip:81", 3, "web:8080", "db:8080");
        for (int port = 1; port < 32; port++) {
            assertThat(sends(udp("web:" + port, "vip:81"))).isEqualTo(Cast.DB);
        }
    }

    @Test
    void aPodThatIsItsOwnBackendHearsTheServiceAtBothEnds() {
        life.given("web accepts nothing", "web reaches udp 8080 at db");
        life.services().lead(TCP, "vip:80", 1, "web:8080");
        life.services().lead(UDP, "vip:80", 2, "web:8080");
        life.services().lead(SCTP, "vip:80", 3, "web:8080");
        comesBackAs(
                tcp("web:40000", "vip:80").syn(), tcp("vip:40000", "web:8080").syn());
        comesBackAs(
                tcp("web:8080", "vip:40000").synAck(),
                tcp("vip:80", "web:40000").synAck());
        comesBackAs(tcp("web:40000", "vip:80"), tcp("vip:40000", "web:8080"));
        comesBackAs(
                tcp("web:8080", "vip:40000").fin(), tcp("vip:80", "web:40000").fin());
        comesBackAs(udp("web:40000", "vip:80"), udp("vip:40000", "web:8080"));
        comesBackAs(udp("web:8080", "vip:40000"), udp("vip:80", "web:40000"));
        comesBackAs(udp("web:40000", "vip:80"), udp("vip:40000", "web:8080"));
        comesBackAs(
                sctp("web:40000", "vip:80").init(),
                sctp("vip:40000", "web:8080").init());
        comesBackAs(
                sctp("web:8080", "vip:40000").initAck(),
                sctp("vip:80", "web:40000").initAck());
        assertThat(life.node().entries(Cast.WEB)).isEqualTo(6);

        life.services().lead(UDP, "vip:80", 4, "web:8080", "db:8080");
        assertThat(sends(udp("web:40000", "vip:80")))
                .as("somebody else serves now")
                .isEqualTo(Cast.DB);
    }

    @Test
    void aFlowThatCannotBeRememberedIsDropped() {
        restart(Config.DEFAULT.withBudget(2));
        life.services().lead(UDP, "vip:80", 1, "db:8080");
        life.leaves(udp("web:1", "vip:80")).passes();
        life.leaves(udp("web:2", "vip:80")).dropped(DropReason.CONNTRACK_BUDGET);
        life.leaves(udp("web:1", "vip:80")).passes();
        assertThat(life.node().entries(Cast.WEB)).isEqualTo(2);
    }

    @Test
    void aNodePortLeadsToABackend() {
        life.services().leadNodePort(UDP, "host:30080", 1, "db:8080");
        leavesAs(udp("web:40000", "host:30080"), udp("web:40000", "db:8080"));
        arrivesAs(udp("db:8080", "web:40000"), udp("host:30080", "web:40000"));
        leavesUnchanged(udp("web:40000", "world:30080"));
        leavesUnchanged(udp("web:40000", "host:30081"));
    }

    @Test
    void whatAnswersANodeGoesToNoneOfItsNodePorts() {
        life.services().leadNodePort(UDP, "host:30080", 1, "db:8080");
        arrivesUnchanged(udp("host:30080", "web:53"));
        leavesUnchanged(udp("web:53", "host:30080"));
        leavesAs(udp("web:54", "host:30080"), udp("web:54", "db:8080"));
        arrivesUnchanged(udp("host:30080", "web:54"));
        leavesAs(udp("web:54", "host:30080"), udp("web:54", "db:8080"));
    }

    @Test
    void nobodyLooksWhereNoServiceIs() {
        life.services().lead(UDP, "vip:80", 1, "db:8080");
        life.services().leadNodePort(UDP, "host:30080", 2, "db:8080");
        life.services().only(Cast.WORLD, 30081);
        leavesUnchanged(udp("web:1", "vip:80"));
        leavesUnchanged(udp("web:1", "host:30080"));
        life.services().only(Cast.VIP, 30080);
        leavesAs(udp("web:1", "vip:80"), udp("web:1", "db:8080"));
        leavesAs(udp("web:1", "host:30080"), udp("web:1", "db:8080"));
    }

    @Test
    void laterFragmentsFollowTheirFirst() {
        life.services().lead(UDP, "vip:80", 1, "db:8080", "stranger:8080");
        for (int port = 1; port < 8; port++) {
            Cast met = sends(udp("web:" + port, "vip:80").firstFragment(port));
            String backend = met.label() + ":8080";
            leavesAs(
                    udp("web:" + port, "vip:80").laterFragment(port, 16),
                    udp("web:" + port, backend).laterFragment(port, 16));
            arrivesAs(
                    udp(backend, "web:" + port).firstFragment(port),
                    udp("vip:80", "web:" + port).firstFragment(port));
            arrivesAs(
                    udp(backend, "web:" + port).laterFragment(port, 16),
                    udp("vip:80", "web:" + port).laterFragment(port, 16));
        }
    }

    /** Its code depends on how long the whole is, which no fragment says. */
    @Test
    void aFragmentedSctpPacketCannotHaveAnotherPort() {
        life.services().lead(SCTP, "vip:80", 1, "db:80");
        life.services().lead(SCTP, "vip:81", 2, "db:8080");
        leavesAs(
                sctp("web:1", "vip:80").init().firstFragment(5),
                sctp("web:1", "db:80").init().firstFragment(5));
        life.leaves(sctp("web:1", "vip:81").init().firstFragment(6)).dropped(DropReason.NOT_TRANSLATED);
    }

    @Test
    void errorsSpeakOfTheService() {
        life.services().lead(UDP, "vip:80", 1, "db:8080");
        leavesAs(udp("web:40000", "vip:80"), udp("web:40000", "db:8080"));
        arrivesAs(
                unreachable("db", "web", udp("web:40000", "db:8080")),
                unreachable("vip", "web", udp("web:40000", "vip:80")));
        arrivesAs(
                unreachable("router", "web", udp("web:40000", "db:8080")),
                unreachable("router", "web", udp("web:40000", "vip:80")));
        arrivesAs(
                tooBig("router", "web", udp("web:40000", "db:8080")),
                tooBig("router", "web", udp("web:40000", "vip:80")));
        arrivesUnchanged(unreachable("router", "web", udp("web:40001", "db:8080")));
        leavesAs(
                unreachable("web", "vip", udp("vip:80", "web:40000")),
                unreachable("web", "db", udp("db:8080", "web:40000")));
    }

    private void restart(Config config) {
        life.close();
        life = Life.of(DEVICES, family, config);
    }

    private byte[] bytes(Packet packet) {
        return Checksums.filled(packet.over(family).bytes());
    }

    private void leavesAs(Packet packet, Packet expected) {
        byte[] sent = bytes(packet);
        life.leaves(packet.source(), sent).passes();
        assertSame(expected, sent);
    }

    private void comesBackAs(Packet packet, Packet expected) {
        byte[] sent = bytes(packet);
        life.leaves(packet.source(), sent).turnsRound();
        assertSame(expected, sent);
    }

    private void leavesUnchanged(Packet packet) {
        leavesAs(packet, packet);
    }

    private void arrivesAs(Packet packet, Packet expected) {
        byte[] sent = bytes(packet);
        life.arrives(packet.over(family), sent).passes();
        assertSame(expected, sent);
    }

    private void arrivesUnchanged(Packet packet) {
        arrivesAs(packet, packet);
    }

    /** All of it but the link's addresses, which stay those of the sent one. */
    private void assertSame(Packet expected, byte[] sent) {
        byte[] whole = bytes(expected);
        System.arraycopy(sent, 0, whole, 0, 12);
        assertThat(java.util.HexFormat.of().formatHex(life.left()))
                .as("%s became", expected)
                .isEqualTo(java.util.HexFormat.of().formatHex(whole));
    }

    /** To whom a packet goes that the pod sends. */
    private Cast sends(Packet packet) {
        life.leaves(packet.source(), bytes(packet)).passes();
        int length = family == Family.IPV4 ? 4 : 16;
        int at = Packet.ETHERNET_HEADER + (family == Family.IPV4 ? 16 : 24);
        byte[] destination = java.util.Arrays.copyOfRange(life.left(), at, at + length);
        for (Cast member : Cast.values()) {
            if (java.util.Arrays.equals(member.addressBytes(family), destination)) {
                return member;
            }
        }
        throw new AssertionError("to nobody");
    }
}
