package dev.heddle.node.packetlife;

import static dev.heddle.node.packetlife.Packet.echoReply;
import static dev.heddle.node.packetlife.Packet.echoRequest;
import static dev.heddle.node.packetlife.Packet.sctp;
import static dev.heddle.node.packetlife.Packet.tcp;
import static dev.heddle.node.packetlife.Packet.tooBig;
import static dev.heddle.node.packetlife.Packet.udp;
import static dev.heddle.node.packetlife.Packet.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.layout.DropReason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Flows: what answers, what a change of policy or of a peer ends, what an endpoint may hold. */
@ParameterizedClass(name = "{0}")
@EnumSource(Family.class)
@Tag("bpf")
class FlowLifeTest {
    @RegisterExtension
    static final Devices DEVICES = new Devices();

    private final Family family;
    private Life life;

    FlowLifeTest(Family family) {
        this.family = family;
        life = Life.of(DEVICES, family, Config.DEFAULT);
    }

    @AfterEach
    void end() {
        life.close();
    }

    private void restart(Config config) {
        life.close();
        life = Life.of(DEVICES, family, config);
    }

    private void connect() {
        life.travels(tcp("web:40000", "db:5432").syn()).passes();
        life.travels(tcp("db:5432", "web:40000").synAck()).passes();
    }

    @Test
    void repliesPassAnIsolatedPod() {
        life.given("web accepts nothing");
        life.travels(tcp("db:5432", "web:40000").synAck()).denied();
        connect();
        life.travels(tcp("db:5432", "web:40000")).passes();
        life.travels(tcp("db:5432", "web:40001")).denied();
    }

    @Test
    void aBareSynIsNeverAReply() {
        life.given("web accepts nothing");
        connect();
        life.travels(tcp("db:5432", "web:40000").syn()).denied();
    }

    @Test
    void aFirstDefaultDenyDoesNotCutRepliesOfOpenConnections() {
        connect();
        life.given("web accepts nothing");
        life.travels(tcp("db:5432", "web:40000")).passes();
    }

    @Test
    void aNewDenyEndsAnOpenConnectionInBothDirections() {
        life.given("web accepts nothing");
        connect();
        life.given("web accepts nothing", "web reaches tcp 443 at db");
        life.travels(tcp("web:40000", "db:5432")).denied();
        life.travels(tcp("db:5432", "web:40000")).denied();
        life.given("web accepts nothing");
        life.travels(tcp("db:5432", "web:40000")).passes();
    }

    @Test
    void aDeniedConnectionDoesNotComeBackTheOtherWayRound() {
        life.travels(tcp("db:40000", "api:8080").syn()).passes();
        life.given("api accepts nothing");
        life.travels(tcp("api:8080", "db:40000")).passes();
        life.travels(tcp("db:40000", "api:8080")).denied();
    }

    @Test
    void anOutgoingPacketRevivesAFlowThatWasForgotten() {
        life.given("web accepts nothing");
        life.travels(tcp("web:40000", "db:5432")).passes();
        life.travels(tcp("db:5432", "web:40000")).passes();
    }

    @Test
    void aRelabelEndsAnOpenConnection() {
        life.given("web accepts nothing", "web reaches tcp 5432 at db");
        connect();
        life.node().relabel(Cast.DB, "cache");
        life.travels(tcp("db:5432", "web:40000")).denied();
    }

    @Test
    void aReusedAddressInheritsNoFlow() {
        life.given("web accepts nothing");
        connect();
        life.node().admit(Cast.WEB);
        life.arrives(tcp("db:5432", "web:40000")).denied();
    }

    @Test
    void udpAnswersComeBack() {
        life.given("web accepts nothing");
        life.travels(udp("db:53", "web:40000")).denied();
        life.travels(udp("web:40000", "db:53")).passes();
        life.travels(udp("db:53", "web:40000")).passes();
        life.travels(udp("db:53", "web:40001")).denied();
    }

    @Test
    void anOldUdpFlowIsForgotten() throws InterruptedException {
        restart(Config.DEFAULT.withUdp(Duration.ofMillis(20)));
        life.given("web accepts nothing");
        life.travels(udp("web:40000", "db:53")).passes();
        Thread.sleep(60);
        life.travels(udp("db:53", "web:40000")).denied();
    }

    @Test
    void howLongAConnectionIsKnownDependsOnItsState() throws InterruptedException {
        restart(Config.DEFAULT.withTcp(Duration.ofSeconds(2), Duration.ofSeconds(2)));
        life.given("web accepts nothing");
        connect();
        life.travels(tcp("web:40001", "db:5432").syn()).passes();
        life.travels(tcp("web:40002", "db:5432").syn()).passes();
        life.travels(tcp("db:5432", "web:40002").synAck()).passes();
        life.travels(tcp("web:40002", "db:5432").fin()).passes();
        life.travels(tcp("db:5432", "web:40002").fin()).passes();
        Thread.sleep(2_500);
        life.travels(tcp("db:5432", "web:40000")).passes();
        life.travels(tcp("db:5432", "web:40001").synAck()).denied();
        life.travels(tcp("db:5432", "web:40002")).denied();
    }

    @Test
    void anOldPingIsForgotten() throws InterruptedException {
        restart(Config.DEFAULT.withIcmp(Duration.ofMillis(20)));
        life.given("web accepts nothing");
        life.travels(echoRequest("web", "db", 77)).passes();
        Thread.sleep(60);
        life.travels(echoReply("db", "web", 77)).denied();
    }

    @Test
    void pingIsTrackedByItsId() {
        life.given("web accepts nothing");
        life.travels(echoRequest("web", "db", 77)).passes();
        life.travels(echoReply("db", "web", 77)).passes();
        life.travels(echoReply("db", "web", 78)).denied();
        life.travels(echoRequest("db", "web", 77)).denied();
    }

    @Test
    void anIcmpErrorIsJudgedByThePacketItQuotes() {
        life.given("web accepts nothing");
        connect();
        life.travels(unreachable("router", "web", tcp("web:40000", "db:5432"))).passes();
        life.travels(tooBig("router", "web", tcp("web:40000", "db:5432"))).passes(); // path MTU discovery
        life.travels(unreachable("router", "web", tcp("web:40009", "db:5432"))).denied();
        life.travels(tooBig("router", "web", tcp("web:40009", "db:5432"))).denied();
        life.travels(unreachable("router", "web", tcp("api:40000", "db:5432"))).dropped(DropReason.ICMP_QUOTE_FOREIGN);
    }

    @Test
    void anIcmpErrorCarriesNothingToSomebodyElse() {
        life.leaves(unreachable("web", "world", tcp("db:5432", "web:40000"))).dropped(DropReason.ICMP_QUOTE_FOREIGN);
        life.leaves(unreachable("web", "db", tcp("db:5432", "web:40000"))).passes();
    }

    @Test
    void afterItsBudgetAnEndpointStartsNoFlowAndOthersDo() {
        restart(Config.DEFAULT.withBudget(2));
        life.given("web accepts nothing", "api accepts nothing");
        life.travels(udp("web:1", "db:53")).passes();
        life.travels(udp("web:2", "db:53")).passes();
        life.travels(udp("web:3", "db:53")).dropped(DropReason.CONNTRACK_BUDGET);
        life.travels(udp("web:2", "db:53")).passes();
        life.travels(udp("api:1", "db:53")).passes();
        assertThat(life.node().entries(Cast.WEB)).isEqualTo(2);
    }

    @Test
    void aConnectionBeyondTheBudgetGoesOnByTheTables() {
        restart(Config.DEFAULT.withBudget(2));
        life.given("web accepts tcp 443 from anyone", "web reaches tcp 5432 at db");
        fill();
        life.travels(tcp("db:40000", "web:443").syn()).passes();
        life.travels(tcp("web:443", "db:40000").synAck()).passes();
        life.travels(tcp("db:40000", "web:443")).passes();
        life.travels(tcp("web:40001", "db:5432").syn()).passes();
        life.travels(tcp("db:5432", "web:40001").synAck()).passes();
        life.travels(unreachable("router", "db", tcp("web:443", "db:40000"))).passes();
        assertThat(life.node().entries(Cast.WEB)).as("not for TCP").isEqualTo(2);
    }

    @Test
    void beyondTheBudgetNothingPassesThatAnswersNoAllowedConnection() {
        restart(Config.DEFAULT.withBudget(2));
        life.given("web accepts tcp 443 from db", "web reaches tcp 5432 at db");
        fill();
        life.travels(tcp("web:40001", "db:5432").syn()).passes();
        life.travels(tcp("web:443", "db:40000").syn()).denied();
        life.travels(tcp("web:444", "db:40000")).denied();
        life.travels(tcp("web:443", "api:40000")).denied();
        life.travels(tcp("db:5433", "web:40001").synAck()).denied();
        life.travels(tcp("db:5432", "web:40001").syn()).denied();
        life.travels(udp("web:443", "db:40000")).denied();
        life.given("web accepts nothing", "web reaches nothing");
        life.travels(tcp("web:443", "db:40000")).denied();
        life.travels(tcp("db:5432", "web:40001")).denied();
    }

    @Test
    void withRoomAgainAConnectionWithoutAnEntryGetsOne() {
        restart(Config.DEFAULT.withBudget(2));
        life.given("web accepts tcp 443 from anyone", "web reaches tcp 5432 at db");
        fill();
        life.travels(tcp("db:40000", "web:443").syn()).passes();
        life.node().charge(Cast.WEB, 0);
        life.travels(tcp("web:443", "db:40000")).passes();
        assertThat(life.node().entries(Cast.WEB)).isEqualTo(1);
        life.node().hadRoom(Cast.WEB);
        life.travels(tcp("web:443", "db:40000")).passes();
        life.travels(tcp("web:443", "db:40001")).denied();
    }

    @Test
    void whereThereIsRoomEveryConnectionNeedsAnEntry() {
        life.given("web accepts tcp 443 from anyone", "web reaches nothing");
        life.travels(tcp("web:443", "db:40000").synAck()).denied();
        life.travels(tcp("web:443", "db:40000")).denied();
    }

    @Test
    void aQuarterOfTheBudgetIsNotForTcp() {
        restart(Config.DEFAULT.withBudget(4));
        life.given("web accepts tcp 443 from anyone", "web reaches udp 53 at db");
        for (int port = 1; port <= 5; port++) {
            life.travels(tcp("db:" + port, "web:443").syn()).passes();
        }
        assertThat(life.node().entries(Cast.WEB)).isEqualTo(3);
        life.travels(udp("web:1", "db:53")).passes();
        life.travels(udp("db:53", "web:1")).passes();
        life.travels(udp("web:2", "db:53")).dropped(DropReason.CONNTRACK_BUDGET);
    }

    /** Two flows to db of web, whose budget that is. */
    private void fill() {
        life.travels(tcp("web:1", "db:5432").syn()).passes();
        life.travels(tcp("web:2", "db:5432").syn()).passes();
    }

    @Test
    void whenTheNodesTableIsFullAConnectionGoesOnByTheTables() {
        restart(Config.DEFAULT.withRoom(2));
        life.given("web accepts tcp 443 from anyone", "web reaches tcp 5432 at db");
        fill();
        life.travels(tcp("db:40000", "web:443").syn()).passes();
        life.travels(tcp("web:443", "db:40000").synAck()).passes();
        life.travels(tcp("web:443", "db:40001").syn()).denied();
    }

    @Test
    void whenTheNodesTableIsFullNoFlowStartsThatNeedsAnEntry() {
        restart(Config.DEFAULT.withRoom(2));
        life.given("web accepts nothing");
        life.travels(udp("web:1", "db:53")).passes();
        life.travels(udp("web:2", "db:53")).passes();
        life.travels(udp("web:3", "db:53")).dropped(DropReason.CONNTRACK_FULL);
        life.travels(udp("api:1", "db:53")).passes();
        life.travels(udp("db:53", "web:1")).passes();
        assertThat(life.node().entries(Cast.WEB))
                .as("charged for what is there")
                .isEqualTo(2);
        assertThat(life.node().entries(Cast.API)).isZero();
    }

    @Test
    void sctpAnswersComeBack() {
        life.given("web accepts nothing");
        life.travels(sctp("db:3868", "web:40000")).denied();
        life.travels(sctp("web:40000", "db:3868").init()).passes();
        life.travels(sctp("db:3868", "web:40000").initAck()).passes();
        life.travels(sctp("db:3868", "web:40000")).passes();
        life.travels(sctp("db:3868", "web:40000").init()).denied(); // another association is no answer
        life.travels(sctp("db:3868", "web:40001")).denied();
        life.travels(sctp("world:3868", "web:40000")).denied();
    }

    @Test
    void anSctpAssociationEndsWithANewDenyAndADeniedOneHasNoAnswers() {
        life.given("web accepts nothing", "web reaches sctp 3868 at db");
        life.travels(sctp("web:40000", "db:3868").init()).passes();
        life.travels(sctp("web:40000", "db:3869").init()).denied();
        life.travels(sctp("db:3869", "web:40000").initAck()).denied();
        life.given("web accepts nothing", "web reaches nothing");
        life.travels(sctp("web:40000", "db:3868")).denied();
        life.travels(sctp("db:3868", "web:40000")).denied();
    }

    @Test
    void whereRepliesNeedNoEntryABudgetStopsNothing() {
        restart(Config.DEFAULT.withBudget(1));
        life.travels(udp("web:1", "db:53")).passes();
        life.travels(udp("web:2", "db:53")).passes();
        assertThat(life.node().entries(Cast.WEB)).isEqualTo(1);
    }
}
