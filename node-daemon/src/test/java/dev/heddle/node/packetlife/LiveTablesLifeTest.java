package dev.heddle.node.packetlife;

import static dev.heddle.node.packetlife.Packet.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.apply.LiveTables;
import dev.heddle.node.apply.LiveTables.Finding;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.EventLayout;
import dev.heddle.node.ffm.ring.RingReader;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read from the tables is what the programs do with the first packet of the same flow: verdict, rule, peer. */
@Tag("bpf")
@ParameterizedClass
@EnumSource(Family.class)
class LiveTablesLifeTest {
    @RegisterExtension
    static final Devices DEVICES = new Devices();

    private static final long SEED = Long.getLong("heddle.seed", System.nanoTime());
    private static final int POLICIES = 60;
    private static final int FLOWS = 40;
    private static final int FIRST_PORT = 20_000;
    /** More flows than there are. */
    private static final int ENTRIES = 10_000;

    private static final int[] PORTS = {53, 80, 443, 8080};
    private static final int[] PROTOCOLS = {Packet.TCP, Packet.UDP, Packet.SCTP, Packet.ICMP};

    private final Family family;
    private final Life life;
    private final LiveTables tables;
    private final RingReader events;

    LiveTablesLifeTest(Family family) {
        this.family = family;
        life = Life.of(
                DEVICES,
                family,
                Config.DEFAULT
                        .withBudget(ENTRIES)
                        .withRoom(ENTRIES)
                        .withDropEvents(ENTRIES)
                        .withFlowEvents(ENTRIES));
        tables = life.liveTables();
        events = life.events();
    }

    @AfterEach
    void end() {
        events.close();
        tables.close();
        life.close();
    }

    @Test
    void everyRandomFlowGetsTheSameVerdictByTheSameRule() {
        Random random = new Random(SEED);
        int source = FIRST_PORT; // each flow has its own, so that none is the reply of another
        int denied = 0;
        for (int policy = 0; policy < POLICIES; policy++) {
            life.given(sentences(random));
            for (int i = 0; i < FLOWS; i++) {
                Packet packet = packet(random, source++);
                denied += checkSender(packet) && checkReceiver(packet) ? 0 : 1;
            }
        }
        System.out.printf(
                "tables and programs: %d flows of %s agree, %d denied; seed %d%n",
                POLICIES * FLOWS, family, denied, SEED);
        assertThat(denied).isBetween(POLICIES * FLOWS / 10, POLICIES * FLOWS * 9 / 10);
    }

    private boolean checkSender(Packet packet) {
        Trip trip = life.leaves(packet);
        if (packet.source().isLocal()) {
            check(trip, packet, packet.source(), Direction.EGRESS, packet.destination(), true);
        }
        return trip.hasPassed();
    }

    private boolean checkReceiver(Packet packet) {
        Trip trip = life.arrives(packet);
        if (packet.destination().isLocal()) {
            check(trip, packet, packet.destination(), Direction.INGRESS, packet.source(), packet.source() == Cast.HOST);
        }
        return trip.hasPassed();
    }

    private void check(Trip trip, Packet packet, Cast pod, Direction direction, Cast other, boolean bornHere) {
        Finding found = tables.judge(
                life.node().ifindex(pod), direction, other.address(family), bornHere, protocol(packet), port(packet));
        assertThat(found)
                .as("-Dheddle.seed=%d: %s of %s", SEED, direction, packet)
                .isInstanceOfSatisfying(Finding.Cell.class, cell -> {
                    assertThat(cell.accepted()).isEqualTo(trip.hasPassed());
                    assertThat(cell.cell() >>> Abi.CELL_ACTION_SHIFT == Abi.ACTION_ALLOW)
                            .as("what explains it")
                            .isEqualTo(cell.accepted());
                    assertThat(said()).containsExactly(List.of(cell.cell(), cell.peer()));
                });
    }

    /** Of each packet that was heard of: cell and peer. */
    private List<List<Integer>> said() {
        List<List<Integer>> said = new ArrayList<>();
        events.drain(record -> said.add(List.of(record.getInt(EventLayout.CELL), record.getInt(EventLayout.PEER))));
        return said;
    }

    private int protocol(Packet packet) {
        return packet.protocol() == Packet.ICMP && family == Family.IPV6 ? Packet6.ICMP6 : packet.protocol();
    }

    private static int port(Packet packet) {
        return packet.protocol() == Packet.ICMP
                ? 0
                : Short.toUnsignedInt(ByteBuffer.wrap(packet.payload()).getShort(Short.BYTES));
    }

    private static Packet packet(Random random, int sourcePort) {
        Cast from = one(random, Cast.values());
        Cast to = from.isLocal() ? one(random, Cast.values()) : one(random, Cast.WEB, Cast.API);
        if (from == to) {
            to = from == Cast.WEB ? Cast.API : Cast.WEB;
        }
        String source = from.label() + ":" + sourcePort;
        String destination = to.label() + ":" + PORTS[random.nextInt(PORTS.length)];
        return switch (PROTOCOLS[random.nextInt(PROTOCOLS.length)]) {
            case Packet.TCP -> tcp(source, destination).syn();
            case Packet.UDP -> Packet.udp(source, destination);
            case Packet.SCTP -> Packet.sctp(source, destination);
            default -> Packet.echoRequest(from.label(), to.label(), sourcePort);
        };
    }

    private static String[] sentences(Random random) {
        String[] sentences = new String[1 + random.nextInt(4)];
        for (int i = 0; i < sentences.length; i++) {
            String subject = one(random, "web", "api");
            boolean accepts = random.nextBoolean();
            String what = random.nextInt(3) == 0
                    ? "all"
                    : one(random, "tcp", "udp", "sctp") + " " + PORTS[random.nextInt(PORTS.length)];
            String who = one(
                    random,
                    "web",
                    "api",
                    "db",
                    "anyone",
                    "0.0.0.0/0",
                    "203.0.113.0/24",
                    "10.244.0.0/16",
                    "::/0",
                    "2001:db8:9::/48",
                    "2001:db9:9::/48",
                    "fd00:244::/48",
                    "fd00:244:0:2::99/128",
                    "10.244.2.99/32");
            sentences[i] = subject
                    + (accepts ? " accepts " : " reaches ")
                    + (random.nextInt(5) == 0 ? "nothing" : what + (accepts ? " from " : " at ") + who);
        }
        return sentences;
    }

    @SafeVarargs
    private static <T> T one(Random random, T... from) {
        return from[random.nextInt(from.length)];
    }

    @Test
    void theTablesAreThoseOfTheLiveRevision() {
        life.given("api accepts nothing");
        int closed = egress(Cast.WEB).revision();
        assertThat(accepts(Cast.API)).isFalse();
        life.given();
        assertThat(egress(Cast.WEB).revision()).isEqualTo(closed + 1);
        assertThat(accepts(Cast.API)).isTrue();
    }

    @Test
    void aClosedAnUnknownAndThePodItselfAreToldApart() {
        life.given();
        assertThat(toItself()).isInstanceOf(Finding.Itself.class);
        life.node().closeHalf(Cast.WEB, egress(Cast.WEB).revision() & 1);
        assertThat(egress(Cast.WEB)).isInstanceOf(Finding.Closed.class);
        life.given();
        assertThat(egress(Cast.WEB)).isInstanceOf(Finding.Cell.class);
        life.node().close(Cast.WEB);
        assertThat(egress(Cast.WEB)).isInstanceOf(Finding.Closed.class);
        life.node().forget(Cast.WEB);
        assertThat(egress(Cast.WEB)).isInstanceOf(Finding.NoEndpoint.class);
    }

    /** As for the programs: a node's address that comes from elsewhere is no node, and the filter comes first. */
    @Test
    void theNodeIsWhoeverTheProgramsTakeForIt() {
        life.given("api accepts nothing");
        Packet fromHost = tcp("host:40000", "api:22").syn();
        life.travels(fromHost).passes();
        assertThat(accepts(Cast.API, true)).isTrue();
        life.arrivesFromElsewhere(fromHost).denied();
        assertThat(accepts(Cast.API, false)).isFalse();

        life.node().filter();
        life.travels(fromHost).denied();
        assertThat(accepts(Cast.API, true)).isFalse();
        life.node().filter(Cast.HOST);
        life.travels(fromHost).passes();
        assertThat(accepts(Cast.API, true)).isTrue();
    }

    private Finding egress(Cast pod) {
        return tables.judge(
                life.node().ifindex(pod), Direction.EGRESS, Cast.WORLD.address(family), true, Packet.TCP, 80);
    }

    private Finding toItself() {
        return tables.judge(
                life.node().ifindex(Cast.WEB), Direction.EGRESS, Cast.WEB.address(family), true, Packet.TCP, 80);
    }

    private boolean accepts(Cast pod) {
        return accepts(pod, Cast.WEB.address(family), true);
    }

    private boolean accepts(Cast pod, boolean bornHere) {
        return accepts(pod, Cast.HOST.address(family), bornHere);
    }

    private boolean accepts(Cast pod, Cidr from, boolean bornHere) {
        return tables.judge(life.node().ifindex(pod), Direction.INGRESS, from, bornHere, Packet.TCP, 22)
                        instanceof Finding.Cell cell
                && cell.accepted();
    }
}
