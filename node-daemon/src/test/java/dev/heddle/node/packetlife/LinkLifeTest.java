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

import dev.heddle.node.ffm.layout.DropReason;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What IPv6 needs of a link passes whatever the policy; nobody speaks for others there. */
@Tag("bpf")
class LinkLifeTest {
    private static final String GLOBAL = "2001:db8::10";
    private static final String NOBODY = "::";

    @RegisterExtension
    static final Devices DEVICES = new Devices();

    private final Life life = Life.of(DEVICES);

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

    @Test
    void listenersReportWithARouterAlert() {
        life.leaves(web(LISTENER_REPORT_2).withOptions(1)).passes();
        life.leaves(web(LISTENER_REPORT).withOptions(1)).passes();
        life.leaves(web(LISTENER_REPORT).withOptions(2)).dropped(DropReason.UNSUPPORTED_IPV6);
        life.leaves(web(ECHO_REQUEST).withOptions(1)).dropped(DropReason.UNSUPPORTED_IPV6);
    }

    /** Duplicate address detection asks from nobody's address, RFC 4862. */
    @Test
    void anAddressIsTriedBeforeItIsTaken() {
        life.leaves(web(NEIGHBOUR_SOLICITATION).from(NOBODY)).passes();
        life.leaves(web(LISTENER_REPORT_2).from(NOBODY).withOptions(1)).passes();
    }

    @Test
    void aPodIsNoRouter() {
        life.leaves(web(ROUTER_ADVERTISEMENT)).dropped(DropReason.SPOOFED_ADDRESS);
        life.arrives(Cast.WEB, Icmp6.of(Cast.ROUTER, ROUTER_ADVERTISEMENT)).passes();
        life.leaves(web(REDIRECT)).dropped(DropReason.UNSUPPORTED_IPV6);
    }

    @Test
    void aPodAdvertisesOnlyTheAddressItSpeaksFrom() {
        life.leaves(web(NEIGHBOUR_ADVERTISEMENT).about("fe80::99")).dropped(DropReason.SPOOFED_ADDRESS);
        life.leaves(web(NEIGHBOUR_ADVERTISEMENT).about(GLOBAL)).dropped(DropReason.SPOOFED_ADDRESS);
        life.leaves(web(NEIGHBOUR_ADVERTISEMENT).about(GLOBAL).from(GLOBAL)).dropped(DropReason.UNSUPPORTED_IPV6);
    }

    @Test
    void nothingElseOfIpv6Passes() {
        life.leaves(web(ECHO_REQUEST)).dropped(DropReason.UNSUPPORTED_IPV6);
        life.arrives(Cast.WEB, Icmp6.of(Cast.API, ECHO_REQUEST)).dropped(DropReason.UNSUPPORTED_IPV6);
        life.leaves(web(NEIGHBOUR_SOLICITATION).from(GLOBAL)).dropped(DropReason.UNSUPPORTED_IPV6);
        life.arrives(Cast.WEB, Icmp6.of(Cast.ROUTER, LISTENER_QUERY)).passes();
    }

    @Test
    void whatIsCutShortIsDropped() {
        byte[] whole = web(NEIGHBOUR_ADVERTISEMENT).bytes();
        life.leaves(Cast.WEB, Arrays.copyOf(whole, whole.length - 1)).dropped(DropReason.TRUNCATED);
        life.leaves(Cast.WEB, Arrays.copyOf(whole, Packet.ETHERNET_HEADER + 40)).dropped(DropReason.TRUNCATED);
        byte[] alert = web(LISTENER_REPORT).withOptions(1).bytes();
        life.leaves(Cast.WEB, Arrays.copyOf(alert, Packet.ETHERNET_HEADER + 40)).dropped(DropReason.TRUNCATED);
    }

    private static Icmp6 web(int type) {
        return Icmp6.of(Cast.WEB, type);
    }
}
