package dev.heddle.node.packetlife;

import static dev.heddle.node.packetlife.Icmp6.ECHO_REQUEST;
import static dev.heddle.node.packetlife.Icmp6.LISTENER_DONE;
import static dev.heddle.node.packetlife.Icmp6.LISTENER_QUERY;
import static dev.heddle.node.packetlife.Icmp6.LISTENER_REPORT;
import static dev.heddle.node.packetlife.Icmp6.LISTENER_REPORT_2;
import static dev.heddle.node.packetlife.Icmp6.NEIGHBOUR_ADVERTISEMENT;
import static dev.heddle.node.packetlife.Icmp6.NEIGHBOUR_SOLICITATION;
import static dev.heddle.node.packetlife.Icmp6.REDIRECT;
import static dev.heddle.node.packetlife.Icmp6.ROUTER_ADVERTISEMENT;
import static dev.heddle.node.packetlife.Icmp6.ROUTER_SOLICITATION;
import static dev.heddle.node.packetlife.Icmp6.SOURCE_LINK_LAYER;
import static dev.heddle.node.packetlife.Icmp6.TARGET_LINK_LAYER;
import static dev.heddle.node.packetlife.Packet.tcp;

import dev.heddle.node.ffm.layout.DropReason;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What IPv6 needs of a link passes whatever the policy; nobody speaks for others there, and nobody comes from afar. */
@Tag("bpf")
class LinkLifeTest {
    private static final String OWN = text(Cast.WEB);
    private static final String FOREIGN = text(Cast.API);
    private static final String OWN_LINK_LOCAL = Icmp6.linkLocal(Cast.WEB);
    private static final String NOBODY = "::";
    /** RFC 3971: Linux sends one when it tries an address. */
    private static final int NONCE = 14;

    @RegisterExtension
    static final Devices DEVICES = new Devices();

    private final Life life = Life.of(DEVICES, Family.IPV6, Config.DEFAULT);

    @BeforeEach
    void isolated() {
        life.given("web accepts nothing", "web reaches nothing");
    }

    @AfterEach
    void end() {
        life.close();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                NEIGHBOUR_SOLICITATION,
                NEIGHBOUR_ADVERTISEMENT,
                ROUTER_SOLICITATION,
                LISTENER_REPORT,
                LISTENER_DONE,
                LISTENER_REPORT_2
            })
    void aPodKeepsItsLinkGoing(int type) {
        life.leaves(web(type)).passes();
        life.arrives(Cast.WEB, Icmp6.of(Cast.API, type)).passes();
    }

    @ParameterizedTest
    @ValueSource(ints = {NEIGHBOUR_SOLICITATION, NEIGHBOUR_ADVERTISEMENT, ROUTER_SOLICITATION})
    void aPodSpeaksOnItsLinkFromItsOwnAddressToo(int type) {
        life.leaves(web(type).from(OWN).about(OWN)).passes();
        life.leaves(web(type).from(FOREIGN).about(FOREIGN)).dropped(DropReason.SPOOFED_ADDRESS);
    }

    @Test
    void listenersReportWithARouterAlert() {
        life.leaves(web(LISTENER_REPORT_2).withOptions(1)).passes();
        life.leaves(web(LISTENER_REPORT).withOptions(2)).passes();
        life.leaves(web(ECHO_REQUEST).withOptions(1)).denied();
    }

    /** Duplicate address detection asks from nobody's address, RFC 4862. */
    @Test
    void anAddressIsTriedBeforeItIsTaken() {
        life.leaves(web(NEIGHBOUR_SOLICITATION).from(NOBODY)).passes();
        life.leaves(web(NEIGHBOUR_SOLICITATION).from(NOBODY).about(OWN)).passes();
        life.leaves(web(NEIGHBOUR_SOLICITATION).from(NOBODY).about(FOREIGN)).dropped(DropReason.SPOOFED_NEIGHBOUR);
        life.leaves(web(LISTENER_REPORT_2).from(NOBODY).withOptions(1)).passes();
    }

    @Test
    void thePodThatHearsOfALinkLocalFlowIsToldOfItsErrors() {
        life.given();
        Packet6 asked = Packet6.of(tcp("web:40000", "api:8080").syn())
                .from(OWN_LINK_LOCAL)
                .to(Icmp6.linkLocal(Cast.API));
        life.arrives(Packet6.error(1, Cast.API, Cast.WEB, asked).from(Icmp6.linkLocal(Cast.API)))
                .passes();
    }

    @Test
    void aPodAsksForEverybody() {
        life.leaves(web(NEIGHBOUR_SOLICITATION).about(FOREIGN)).passes();
        life.leaves(web(NEIGHBOUR_SOLICITATION).from(OWN).about(FOREIGN)).passes();
    }

    @Test
    void aPodIsNoRouter() {
        life.leaves(web(ROUTER_ADVERTISEMENT)).dropped(DropReason.SPOOFED_NEIGHBOUR);
        life.arrives(Cast.WEB, Icmp6.of(Cast.ROUTER, ROUTER_ADVERTISEMENT)).passes();
        life.leaves(web(REDIRECT)).dropped(DropReason.UNSUPPORTED_IPV6);
        life.arrives(Cast.WEB, Icmp6.of(Cast.ROUTER, REDIRECT)).dropped(DropReason.UNSUPPORTED_IPV6);
    }

    @Test
    void aPodAdvertisesOnlyItsOwnAddresses() {
        life.leaves(web(NEIGHBOUR_ADVERTISEMENT).about(OWN)).passes();
        life.leaves(web(NEIGHBOUR_ADVERTISEMENT).about(OWN).from(OWN)).passes();
        life.leaves(web(NEIGHBOUR_ADVERTISEMENT).about(FOREIGN)).dropped(DropReason.SPOOFED_NEIGHBOUR);
        life.leaves(web(NEIGHBOUR_ADVERTISEMENT).about(FOREIGN).from(OWN)).dropped(DropReason.SPOOFED_NEIGHBOUR);
        life.leaves(web(NEIGHBOUR_ADVERTISEMENT).about("fe80::99")).dropped(DropReason.SPOOFED_NEIGHBOUR);
        life.leaves(web(NEIGHBOUR_ADVERTISEMENT).about("fe80::99").from(OWN)).dropped(DropReason.SPOOFED_NEIGHBOUR);
    }

    /** Each of them may be written into the neighbours' caches: the sender's address, or the target's, is there. */
    @ParameterizedTest
    @ValueSource(ints = {NEIGHBOUR_SOLICITATION, NEIGHBOUR_ADVERTISEMENT, ROUTER_SOLICITATION})
    void aPodNamesOnlyItsOwnHardwareAddress(int type) {
        for (int option : new int[] {SOURCE_LINK_LAYER, TARGET_LINK_LAYER}) {
            life.leaves(web(type).naming(option, Cast.WEB)).passes();
            life.leaves(web(type).from(OWN).about(OWN).naming(option, Cast.WEB)).passes();
            life.leaves(web(type).naming(option, Cast.API)).dropped(DropReason.SPOOFED_NEIGHBOUR);
            life.leaves(web(type).naming(option, Cast.WEB).naming(option, Cast.API))
                    .dropped(DropReason.SPOOFED_NEIGHBOUR);
            life.arrives(Cast.WEB, Icmp6.of(Cast.API, type).naming(option, Cast.ROUTER))
                    .passes();
        }
    }

    @Test
    void otherOptionsOfNeighboursAreTheirs() {
        Icmp6 nonced = web(NEIGHBOUR_SOLICITATION).naming(NONCE, 1, new byte[6]);
        life.leaves(nonced).passes();
        life.leaves(nonced.naming(SOURCE_LINK_LAYER, Cast.WEB)).passes();
        life.leaves(nonced.naming(SOURCE_LINK_LAYER, Cast.API)).dropped(DropReason.SPOOFED_NEIGHBOUR);
        life.leaves(web(NEIGHBOUR_SOLICITATION).naming(NONCE, 2, new byte[14]).naming(SOURCE_LINK_LAYER, Cast.API))
                .dropped(DropReason.SPOOFED_NEIGHBOUR);
    }

    @Test
    void aLongRowOfOptionsHidesNothing() {
        Icmp6 row = web(NEIGHBOUR_ADVERTISEMENT);
        for (int i = 0; i < 7; i++) {
            row = row.naming(NONCE, 1, new byte[6]);
        }
        life.leaves(row.naming(TARGET_LINK_LAYER, Cast.WEB)).passes();
        life.leaves(row.naming(TARGET_LINK_LAYER, Cast.API)).dropped(DropReason.SPOOFED_NEIGHBOUR);
        life.leaves(row.naming(NONCE, 1, new byte[6]).naming(TARGET_LINK_LAYER, Cast.WEB))
                .dropped(DropReason.MALFORMED);
    }

    @Test
    void optionsAreWhole() {
        Icmp6 asks = web(NEIGHBOUR_SOLICITATION);
        life.leaves(asks.naming(NONCE, 0, new byte[6])).dropped(DropReason.MALFORMED);
        life.leaves(asks.naming(NONCE, 2, new byte[6])).dropped(DropReason.TRUNCATED);
        life.leaves(asks.naming(NONCE, 1, new byte[5])).dropped(DropReason.TRUNCATED);
        life.leaves(asks.naming(SOURCE_LINK_LAYER, 2, Arrays.copyOf(Cast.WEB.mac(), 14)))
                .dropped(DropReason.MALFORMED);
        byte[] padded = asks.naming(SOURCE_LINK_LAYER, Cast.WEB).bytes();
        life.leaves(Cast.WEB, Arrays.copyOf(padded, padded.length + 7)).passes();
    }

    /** Else such messages would be a way round the policy. */
    @Test
    void whatPassesAnyPolicyCannotComeFromAfar() {
        life.arrives(Cast.WEB, Icmp6.of(Cast.API, NEIGHBOUR_SOLICITATION).withHopLimit(254))
                .dropped(DropReason.MALFORMED);
        life.arrives(Cast.WEB, Icmp6.of(Cast.API, ROUTER_ADVERTISEMENT).withHopLimit(1))
                .dropped(DropReason.MALFORMED);
        life.arrives(Cast.WEB, Icmp6.of(Cast.ROUTER, LISTENER_QUERY)).passes();
        life.arrives(Cast.WEB, Icmp6.of(Cast.ROUTER, LISTENER_QUERY).withHopLimit(2))
                .dropped(DropReason.MALFORMED);
        life.arrives(Cast.WEB, Icmp6.of(Cast.ROUTER, LISTENER_QUERY).from(text(Cast.WORLD)))
                .dropped(DropReason.MALFORMED);
        life.leaves(web(LISTENER_REPORT).from(OWN)).dropped(DropReason.MALFORMED);
    }

    /** RFC 6980. */
    @Test
    void neighboursAreNotFoundInPieces() {
        byte[] whole = web(NEIGHBOUR_SOLICITATION).bytes();
        byte[] message = Arrays.copyOfRange(whole, Packet6.payloadAt(), whole.length);
        Packet6 packet = Packet6.message(Cast.WEB, Cast.API, message)
                .from(OWN_LINK_LOCAL)
                .hopLimit(255);
        life.leaves(packet).passes();
        life.leaves(packet.with(Header6.fragment(0, 1))).passes();
        life.leaves(packet.with(Header6.firstFragment(1))).dropped(DropReason.MALFORMED);
    }

    @Test
    void whatIsCutShortIsDropped() {
        byte[] whole = web(NEIGHBOUR_ADVERTISEMENT).bytes();
        life.leaves(Cast.WEB, Arrays.copyOf(whole, whole.length - 1)).dropped(DropReason.TRUNCATED);
        life.leaves(Cast.WEB, Arrays.copyOf(whole, Packet6.payloadAt())).dropped(DropReason.TRUNCATED);
        byte[] alert = web(LISTENER_REPORT).withOptions(1).bytes();
        life.leaves(Cast.WEB, Arrays.copyOf(alert, Packet6.payloadAt())).dropped(DropReason.TRUNCATED);
        byte[] without = Arrays.copyOf(whole, Packet6.payloadAt() + 8);
        without[Packet.ETHERNET_HEADER + 5] = 8;
        life.leaves(Cast.WEB, without).dropped(DropReason.TRUNCATED);
    }

    @Test
    void aPodSendsOnlyFromItsOwnAddress() {
        life.given();
        Packet6 syn = Packet6.of(tcp("web:40000", "db:5432").syn());
        life.leaves(syn).passes();
        life.leaves(tcp("web:40000", "db:5432").syn().claimingAddressOf("api")).dropped(DropReason.SPOOFED_ADDRESS);
        life.leaves(tcp("web:40000", "db:5432").syn().claimingMacOf("api")).dropped(DropReason.SPOOFED_MAC);
        life.leaves(syn.from(NOBODY)).dropped(DropReason.SPOOFED_ADDRESS);
    }

    @Test
    void aPodWithoutAnAddressOfAFamilyDoesNotSpeakIt() {
        life.given();
        life.node().withoutAddress(Cast.WEB, Family.IPV6);
        life.leaves(Packet6.of(tcp("web:40000", "db:5432").syn())).dropped(DropReason.SPOOFED_ADDRESS);
        life.leaves(Packet6.of(tcp("web:40000", "db:5432").syn()).from(NOBODY)).dropped(DropReason.SPOOFED_ADDRESS);
        life.leaves(web(NEIGHBOUR_ADVERTISEMENT).about(NOBODY)).dropped(DropReason.SPOOFED_NEIGHBOUR);
        life.leaves((Frame) tcp("web:40000", "db:5432").syn()).passes();

        life.node().withoutAddress(Cast.WEB, Family.IPV4);
        life.leaves((Frame) tcp("web:40000", "db:5432").syn()).dropped(DropReason.SPOOFED_ADDRESS);
        life.leaves((Frame) tcp("web:40000", "db:5432").syn().claimingNoAddress())
                .dropped(DropReason.SPOOFED_ADDRESS);
    }

    /** A link-local address is nobody's identity: whoever asks for one gets nothing from there. */
    @Test
    void linkLocalTrafficIsJudgedAsThatOfAPeerNobodyKnows() {
        Packet6 syn = Packet6.of(tcp("web:40000", "api:8080").syn())
                .from(OWN_LINK_LOCAL)
                .to(Icmp6.linkLocal(Cast.API));
        life.given();
        life.travels(syn).passes();
        life.given("api accepts tcp 8080 from web");
        life.travels(syn).denied();
        life.given("web reaches tcp 8080 at api");
        life.travels(syn).denied();
        life.given("api accepts tcp 8080 from anyone");
        life.travels(syn).passes();
        life.given("api accepts tcp 8080 from fe80::/10");
        life.travels(syn).passes();
    }

    @Test
    void aFlipBetweenTheHooksIsNoticedForLinkLocalTrafficToo() {
        Packet6 syn = Packet6.of(tcp("web:40000", "api:8080").syn())
                .from(OWN_LINK_LOCAL)
                .to(Icmp6.linkLocal(Cast.API));
        life.given();
        life.leaves(syn).passes();
        life.given("web reaches nothing");
        life.arrives(syn).denied();
    }

    private static Icmp6 web(int type) {
        return Icmp6.of(Cast.WEB, type);
    }

    private static String text(Cast of) {
        String prefix = of.address(Family.IPV6).text();
        return prefix.substring(0, prefix.indexOf('/'));
    }
}
