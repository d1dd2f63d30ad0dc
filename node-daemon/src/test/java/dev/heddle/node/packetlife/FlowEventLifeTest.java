package dev.heddle.node.packetlife;

import static dev.heddle.node.packetlife.Packet.TCP;
import static dev.heddle.node.packetlife.Packet.echoReply;
import static dev.heddle.node.packetlife.Packet.echoRequest;
import static dev.heddle.node.packetlife.Packet.sctp;
import static dev.heddle.node.packetlife.Packet.tcp;
import static dev.heddle.node.packetlife.Packet.udp;
import static dev.heddle.node.packetlife.Packet.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.EventLayout;
import dev.heddle.node.ffm.layout.EventTokensLayout;
import dev.heddle.node.ffm.ring.RingReader;
import dev.heddle.node.ffm.ring.RingRecord;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is heard of packets that pass: of each flow its first one, at each hook, with the peer and the rule of that hook;
 * of all others nothing. A record reads {@code VERDICT DIRECTION FROM > TO, PEER: RULE}.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Family.class)
@Tag("bpf")
class FlowEventLifeTest {
    @RegisterExtension
    static final Devices DEVICES = new Devices();

    private static final int LIMIT = 2;
    private static final int MANY = 1000;
    private static final Config BOTH = Config.DEFAULT.withDropEvents(MANY).withFlowEvents(MANY);

    private final Family family;
    private Life life;
    private RingReader events;

    FlowEventLifeTest(Family family) {
        this.family = family;
        life = Life.of(DEVICES, family, BOTH);
        events = life.events();
    }

    @AfterEach
    void end() {
        events.close();
        life.close();
    }

    private void restart(Config config) {
        end();
        life = Life.of(DEVICES, family, config);
        events = life.events();
    }

    /** What one packet is, and what is said of it. */
    private record Case(Packet packet, List<String> said) {}

    private void check(Case... cases) {
        for (Case each : cases) {
            life.travels(each.packet()).passes();
            assertThat(said()).as("%s", each.packet()).containsExactlyElementsOf(each.said());
        }
    }

    private static Case begins(Packet packet, String... said) {
        return new Case(packet, List.of(said));
    }

    private static Case silent(Packet packet) {
        return new Case(packet, List.of());
    }

    @Test
    void theFirstPacketIsSaidAtBothHooksAndNoOther() {
        life.given("web reaches all at api", "api accepts tcp 8080 from web");
        check(
                begins(
                        tcp("web:40000", "api:8080").syn(),
                        "ALLOWED EGRESS web:40000 > api:8080, api: web reaches all at api",
                        "ALLOWED INGRESS web:40000 > api:8080, web: api accepts tcp 8080 from web"),
                silent(tcp("web:40000", "api:8080").syn()),
                silent(tcp("api:8080", "web:40000").synAck()),
                silent(tcp("web:40000", "api:8080")),
                silent(tcp("api:8080", "web:40000")),
                silent(tcp("web:40000", "api:8080").fin()),
                silent(tcp("api:8080", "web:40000").rst()));
    }

    @Test
    void whereNoRuleDecidesNoneIsSaid() {
        check(
                begins(tcp("web:40000", "db:5432").syn(), "ALLOWED EGRESS web:40000 > db:5432, db: none"),
                begins(
                        tcp("stranger:40000", "api:80").syn(),
                        "ALLOWED INGRESS stranger:40000 > api:80, stranger: none"),
                begins(tcp("world:40000", "api:80").syn(), "ALLOWED INGRESS world:40000 > api:80, world: none"),
                begins(tcp("host:40000", "api:80").syn(), "ALLOWED INGRESS host:40000 > api:80, node: none"));
    }

    @Test
    void datagramsChunksAndPingsBeginFlowsToo() {
        check(
                begins(udp("web:40000", "db:53"), "ALLOWED EGRESS web:40000 > db:53, db: none"),
                silent(udp("web:40000", "db:53")),
                silent(udp("db:53", "web:40000")),
                begins(sctp("web:40000", "db:3868").init(), "ALLOWED EGRESS web:40000 > db:3868, db: none"),
                silent(sctp("db:3868", "web:40000").initAck()),
                silent(sctp("web:40000", "db:3868")),
                begins(echoRequest("web", "db", 7), "ALLOWED EGRESS web:7 > db:0, db: none"),
                silent(echoRequest("web", "db", 7)),
                silent(echoReply("db", "web", 7)));
    }

    @Test
    void anErrorAboutAFlowAndASegmentOfNoneBeginNothing() {
        check(
                begins(udp("web:40000", "db:53"), "ALLOWED EGRESS web:40000 > db:53, db: none"),
                silent(unreachable("db", "web", udp("web:40000", "db:53"))),
                silent(tcp("web:40001", "db:5432")),
                silent(tcp("db:40001", "web:5432")));
    }

    /** Where replies need an entry, a pod's segment makes a lost one anew. */
    @Test
    void aFlowThatIsRevivedBeginsNothing() {
        life.given("web accepts nothing");
        check(silent(tcp("web:40000", "db:5432")));
        assertThat(life.node().entries(Cast.WEB)).isOne();
        check(silent(tcp("db:5432", "web:40000")));
    }

    @Test
    void aPortThatIsUsedAgainBeginsAnotherFlow() {
        Packet syn = tcp("web:40000", "db:5432").syn();
        String said = "ALLOWED EGRESS web:40000 > db:5432, db: none";
        check(begins(syn, said), silent(tcp("web:40000", "db:5432").fin()), begins(syn, said), silent(syn));
    }

    @Test
    void whatTheSecondHookDropsIsAllowedByTheFirst() {
        life.given("api accepts tcp 8080 from web");
        life.travels(tcp("web:40000", "api:9090").syn()).denied();
        assertThat(said())
                .containsExactly(
                        "ALLOWED EGRESS web:40000 > api:9090, api: none",
                        "DROPPED INGRESS web:40000 > api:9090, web: isolated: api accepts tcp 8080 from web");
    }

    /** The second hook judges the sender again; that begins nothing. */
    @Test
    void aFlipBetweenTheHooksIsNoFlow() {
        Packet syn = tcp("web:40000", "api:8080").syn();
        life.leaves(syn).passes();
        life.given("web reaches all at api");
        life.arrives(syn).passes();
        life.leaves(tcp("web:40000", "api:8080")).passes();
        life.given();
        life.arrives(tcp("web:40000", "api:8080")).passes();
        assertThat(said())
                .containsExactly(
                        "ALLOWED EGRESS web:40000 > api:8080, api: none",
                        "ALLOWED INGRESS web:40000 > api:8080, web: none");
    }

    @Test
    void aFlowToAServiceIsOneToItsBackend() {
        life.given("web reaches tcp 8080 at db");
        life.services().lead(TCP, "vip:80", 1, "db:8080");
        check(
                begins(
                        tcp("web:40000", "vip:80").syn(),
                        "ALLOWED EGRESS web:40000 > db:8080, db: web reaches tcp 8080 at db"),
                silent(tcp("db:8080", "web:40000").synAck()),
                silent(tcp("web:40000", "vip:80")));
    }

    /** Nobody asked whose the address is: that is not the same as the world's. */
    @Test
    void whoIsNotAskedForIsNobody() {
        life.node().close(Cast.WEB);
        life.leaves(tcp("web:40000", "api:8080").syn());
        assertThat(said()).containsExactly("DROPPED EGRESS ?:0 > ?:0, nobody: none");
    }

    /** Without an entry only what can be nothing else is known to begin a flow. */
    @Test
    void withoutRoomOpeningPacketsAreSaidAndDatagramsAreNot() {
        restart(BOTH.withBudget(0));
        String said = "ALLOWED EGRESS web:40000 > db:5432, db: none";
        Packet syn = tcp("web:40000", "db:5432").syn();
        check(begins(syn, said), begins(syn, said), silent(udp("web:40000", "db:53")));
    }

    /** A flood of flows takes no record from drops, and says with its next one how many were not said. */
    @Test
    void flowsHaveALimitOfTheirOwn() throws InterruptedException {
        restart(BOTH.withFlowEvents(LIMIT));
        life.given("api accepts nothing");
        int flows = LIMIT * Runtime.getRuntime().availableProcessors() + 5;
        for (int i = 0; i < flows; i++) {
            life.leaves(tcp("web:" + (40000 + i), "db:5432").syn()).passes();
        }
        int heard = said().size();
        assertThat(heard).isBetween(LIMIT, flows - 5);
        life.arrives(tcp("web:1", "api:80").syn()).denied();
        assertThat(suppressed()).as("a drop tells of drops").containsExactly(0);

        int leftOut = flows - heard;
        for (int tries = 0; leftOut > 0 && tries < 10_000; tries++) {
            life.node().nextSecond();
            Packet next = tcp("web:" + (10_000 + tries), "db:5432").syn();
            Thread wherever = Thread.ofPlatform().start(() -> life.leaves(next).passes());
            wherever.join();
            leftOut -= suppressed().getFirst();
        }
        assertThat(leftOut).isZero();
        assertThat(life.node().lostRecords(Abi.VERDICT_ALLOWED, EventTokensLayout.LIMITED))
                .isEqualTo(flows - heard);
        assertThat(life.node().lostRecords(Abi.VERDICT_DROPPED, EventTokensLayout.LIMITED))
                .isZero();
    }

    @Test
    void flowsFillHalfOfTheRingOnly() {
        restart(BOTH.withRing(4096));
        life.given("api accepts nothing");
        for (int i = 0; i < 100; i++) {
            life.leaves(tcp("web:" + (40000 + i), "db:5432").syn()).passes();
        }
        for (int i = 0; i < 20; i++) {
            life.arrives(tcp("web:40000", "api:80").syn()).denied();
        }
        List<String> said = said();
        long flows = said.stream().filter(text -> text.startsWith("ALLOWED")).count();
        assertThat(flows).isBetween(20L, 30L);
        assertThat(said).hasSize((int) flows + 20);
        assertThat(life.node().lostRecords(Abi.VERDICT_ALLOWED, EventTokensLayout.LOST))
                .isEqualTo(100 - flows);
        assertThat(life.node().lostRecords(Abi.VERDICT_DROPPED, EventTokensLayout.LOST))
                .isZero();
    }

    private List<Integer> suppressed() {
        List<Integer> found = new ArrayList<>();
        events.drain(record -> found.add(record.getInt(EventLayout.SUPPRESSED)));
        return found;
    }

    private List<String> said() {
        List<String> said = new ArrayList<>();
        events.drain(record -> said.add(text(record)));
        return said;
    }

    private String text(RingRecord record) {
        return (record.getByte(EventLayout.VERDICT) == Abi.VERDICT_ALLOWED ? "ALLOWED " : "DROPPED ")
                + (record.getByte(EventLayout.DIRECTION) == Abi.INGRESS ? "INGRESS " : "EGRESS ")
                + end(record, EventLayout.SOURCE, EventLayout.SOURCE_PORT)
                + " > "
                + end(record, EventLayout.DESTINATION, EventLayout.DESTINATION_PORT)
                + ", "
                + peer(record.getInt(EventLayout.PEER))
                + ": "
                + rule(record.getInt(EventLayout.CELL) & Abi.CELL_RULE_MASK);
    }

    private String end(RingRecord record, long address, long port) {
        byte[] octets = record.getBytes(address, family == Family.IPV4 ? 4 : 16);
        String who = Stream.of(Cast.values())
                .filter(member -> Arrays.equals(member.addressBytes(family), octets))
                .map(Cast::label)
                .findFirst()
                .orElse("?");
        return who + ":" + ((record.getByte(port) & 0xff) << 8 | (record.getByte(port + 1) & 0xff));
    }

    private String peer(int number) {
        return switch (number) {
            case Abi.EVENT_PEER_NOT_ASKED -> "nobody";
            case Abi.PEER_HOST -> "node";
            case Abi.PEER_WORLD -> "world";
            default ->
                Stream.of(Cast.values())
                        .filter(member -> life.node().peer(member, family) == number)
                        .map(Cast::label)
                        .findFirst()
                        .orElse("?");
        };
    }

    private String rule(int number) {
        Rule rule = life.node().rule(number);
        if (rule == null) {
            return "none";
        }
        return (rule.origin().field().equals("spec.podSelector") ? "isolated: " : "")
                + rule.origin().name();
    }
}
