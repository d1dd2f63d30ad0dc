package dev.heddle.node.packetlife;

import static dev.heddle.node.packetlife.Packet.sctp;
import static dev.heddle.node.packetlife.Packet.tcp;
import static dev.heddle.node.packetlife.Packet.udp;

import dev.heddle.node.ffm.layout.DropReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the tables say, and who is who. */
@ParameterizedClass(name = "{0}")
@EnumSource(Family.class)
@Tag("bpf")
class PolicyLifeTest {
    @RegisterExtension
    static final Devices DEVICES = new Devices();

    private final Family family;
    private final Life life;

    PolicyLifeTest(Family family) {
        this.family = family;
        life = Life.of(DEVICES, family, Config.DEFAULT);
    }

    @BeforeEach
    void apiAcceptsWeb() {
        life.given("api accepts tcp 8080 from web");
    }

    @AfterEach
    void end() {
        life.close();
    }

    @Test
    void withoutPolicyEverythingPasses() {
        life.given();
        life.travels(tcp("world:40000", "api:22").syn()).passes();
        life.travels(udp("stranger:40000", "api:9")).passes();
        life.travels(tcp("web:40000", "world:443").syn()).passes();
    }

    @Test
    void theAllowedPortOfTheAllowedPeerPasses() {
        life.travels(tcp("web:40000", "api:8080").syn()).passes();
        life.travels(tcp("web:40000", "api:9090").syn()).denied();
        life.travels(udp("web:40000", "api:8080")).denied();
        life.travels(tcp("db:40000", "api:8080").syn()).denied();
        life.travels(tcp("world:40000", "api:8080").syn()).denied();
    }

    @Test
    void optionsMoveThePortsAndHideNothing() {
        life.travels(tcp("web:40000", "api:8080").syn().withOptions(10)).passes();
        life.travels(tcp("web:40000", "api:9090").syn().withOptions(10)).denied();
    }

    @Test
    void egressIsJudgedByTheDestination() {
        life.given("web reaches udp 53 at db");
        life.travels(udp("web:40000", "db:53")).passes();
        life.travels(udp("web:40000", "db:54")).denied();
        life.travels(udp("web:40000", "world:53")).denied();
    }

    @Test
    void aPeerThatIsPendingGainsNothing() {
        life.travels(tcp("stranger:40000", "api:8080").syn()).denied();
        life.node().forgetIdentity(Cast.DB);
        life.given("api accepts tcp 8080 from db");
        life.travels(tcp("db:40000", "api:8080").syn()).denied();
        life.given("api accepts tcp 8080 from anyone");
        life.travels(tcp("stranger:40000", "api:8080").syn()).passes();
    }

    @Test
    void rangesMatchByAddress() {
        life.given("api accepts all from " + (family == Family.IPV4 ? "203.0.113.0/24" : "2001:db8:9::/48"));
        life.travels(tcp("world:40000", "api:22").syn()).passes();
        life.travels(tcp("router:40000", "api:22").syn()).denied();
    }

    @Test
    void theHostIsWhoeverHasItsAddressAndWasBornHere() {
        life.travels(tcp("host:40000", "api:22").syn()).passes();
        life.arrivesFromElsewhere(tcp("host:40000", "api:22").syn()).denied();
        life.given("web reaches nothing");
        life.travels(tcp("web:40000", "host:10250").syn()).passes();
    }

    /** The filter only saves looking: without its bit an address is nobody's, with it the map decides. */
    @Test
    void theFilterComesBeforeTheNodesAddresses() {
        life.given("api accepts nothing");
        Packet fromHost = tcp("host:40000", "api:22").syn();
        life.travels(fromHost).passes();

        life.node().filter();
        life.travels(fromHost).denied();

        life.node().filter(Cast.HOST, Cast.WORLD);
        life.travels(fromHost).passes();
        life.travels(tcp("world:40000", "api:22").syn()).denied();
    }

    @Test
    void sctpIsJudgedByItsPorts() {
        life.given("api accepts sctp 3868 from web");
        life.travels(sctp("web:3868", "api:3868")).passes();
        life.travels(sctp("web:3868", "api:3869")).denied();
        life.travels(udp("web:3868", "api:3868")).denied();
        life.given("api accepts udp 3868 from web");
        life.travels(sctp("web:3868", "api:3868")).denied();
        life.given("api accepts sctp 3868 from anyone");
        life.travels(sctp("stranger:9", "api:3868").init()).passes();
        life.travels(sctp("world:9", "api:3868").init()).passes();
        life.travels(sctp("world:9", "api:3867").init()).denied();
    }

    @Test
    void aNamedPortIsTheNumberThatTheReceivingPodGivesIt() {
        life.node().names(Cast.API, "http=tcp/8080", "sig=sctp/2905");
        life.node().names(Cast.WEB, "http=tcp/80");
        life.given("api accepts tcp http from db", "web accepts tcp http from db");

        life.travels(tcp("db:40000", "api:8080").syn()).passes();
        life.travels(tcp("db:40000", "api:80").syn()).denied();
        life.travels(tcp("db:40000", "web:80").syn()).passes();
        life.travels(tcp("db:40000", "web:8080").syn()).denied();
        life.travels(udp("db:40000", "api:8080")).denied();

        life.given("api accepts sctp sig from db");
        life.travels(sctp("db:2905", "api:2905").init()).passes();
        life.travels(sctp("db:2905", "api:2906").init()).denied();
        life.travels(tcp("db:2905", "api:2905").syn()).denied();
    }

    @Test
    void aNamedPortOfEgressIsTheNumberThatEachPeerGivesIt() {
        life.node().names(Cast.API, "http=tcp/8080");
        life.node().names(Cast.DB, "http=tcp/80", "dns=udp/53");
        life.given("web reaches tcp http at anyone");

        life.travels(tcp("web:40000", "api:8080").syn()).passes();
        life.travels(tcp("web:40000", "api:80").syn()).denied();
        life.travels(tcp("web:40000", "db:80").syn()).passes();
        life.travels(tcp("web:40000", "db:8080").syn()).denied();
        life.travels(udp("web:40000", "db:53")).denied();
        // Where no pod is known, no port has a name.
        life.travels(tcp("web:40000", "world:80").syn()).denied();
        life.travels(tcp("web:40000", "stranger:80").syn()).denied();
    }

    @Test
    void aPodWithoutThePortHasNothingOfThatName() {
        life.given("api accepts tcp http from anyone", "web reaches tcp http at api");
        life.travels(tcp("db:40000", "api:8080").syn()).denied();
        life.travels(tcp("web:40000", "api:8080").syn()).denied();
        life.node().names(Cast.API, "http=tcp/8080");
        life.travels(tcp("db:40000", "api:8080").syn()).passes();
        life.travels(tcp("web:40000", "api:8080").syn()).passes();
    }

    @Test
    void otherProtocolsAreJudgedToo() {
        Packet tunnel = Packet.ipv4(Cast.DB, Cast.API, Packet.GRE, new byte[8]);
        life.travels(tunnel).denied();
        life.given("api accepts all from db");
        life.travels(tunnel).passes();
    }

    @Test
    void aDeviceThatNobodyRegisteredIsDead() {
        life.given();
        life.node().forget(Cast.API);
        life.travels(tcp("web:40000", "api:8080").syn()).dropped(DropReason.UNKNOWN_ENDPOINT);
        life.leaves(tcp("api:8080", "web:40000").synAck()).dropped(DropReason.UNKNOWN_ENDPOINT);
    }

    @Test
    void aClosedEndpointDropsEverythingAndNobodyElseDoes() {
        life.given();
        life.node().close(Cast.API);
        life.travels(tcp("db:40000", "api:8080").syn()).dropped(DropReason.ENDPOINT_CLOSED);
        life.leaves(Packet.arp("api", "host")).dropped(DropReason.ENDPOINT_CLOSED);
        life.travels(tcp("db:40000", "web:80").syn()).passes();
    }

    @Test
    void anEndpointThatOneRevisionDoesNotKnowIsClosedWhileThatOneIsLive() {
        life.given();
        life.node().closeHalf(Cast.API, 0);
        life.node().closeHalf(Cast.API, 1);
        life.travels(tcp("db:40000", "api:8080").syn()).dropped(DropReason.ENDPOINT_CLOSED);
        life.leaves(Packet.arp("api", "host")).dropped(DropReason.ENDPOINT_CLOSED);
        life.travels(tcp("db:40000", "web:80").syn()).passes();

        life.given();
        life.travels(tcp("db:40000", "api:8080").syn()).passes();
        life.node().flipBack();
        life.travels(tcp("db:40000", "api:8080").syn()).dropped(DropReason.ENDPOINT_CLOSED);
    }

    @Test
    void aPodReachesItselfWhateverThePolicy() {
        life.given("web accepts nothing", "web reaches nothing");
        life.travels(tcp("web:40000", "web:80").syn()).passes();
    }
}
