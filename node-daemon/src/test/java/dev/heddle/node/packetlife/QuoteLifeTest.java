package dev.heddle.node.packetlife;

import static dev.heddle.node.packetlife.Packet.echoRequest;
import static dev.heddle.node.packetlife.Packet.tcp;
import static dev.heddle.node.packetlife.Packet.udp;

import dev.heddle.node.ffm.layout.DropReason;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ICMPv6 errors belong to the flow that they quote; without "packet too big" no large packet finds its way. */
@Tag("bpf")
class QuoteLifeTest {
    private static final Packet6 SENT = Packet6.of(tcp("web:40000", "db:5432"));

    @RegisterExtension
    static final Devices DEVICES = new Devices();

    private final Life life = Life.of(DEVICES, Family.IPV6, Config.DEFAULT);

    @BeforeEach
    void anIsolatedPodWithAConnection() {
        life.given("web accepts nothing");
        life.travels(tcp("web:40000", "db:5432").syn()).passes();
    }

    @AfterEach
    void end() {
        life.close();
    }

    private static Packet6 error(int type, Packet6 about) {
        return Packet6.error(type, Cast.ROUTER, Cast.WEB, about);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, Packet6.PACKET_TOO_BIG, Packet6.TIME_EXCEEDED, Packet6.PARAMETER_PROBLEM})
    void anErrorAboutAnAllowedFlowPasses(int type) {
        life.arrives(error(type, SENT)).passes();
        life.arrives(error(type, Packet6.of(tcp("web:40009", "db:5432")))).denied();
        life.arrives(error(type, Packet6.of(tcp("api:40000", "db:5432")))).dropped(DropReason.ICMP_QUOTE_FOREIGN);
    }

    @Test
    void aTypeThatIsNoErrorIsJudgedAsItself() {
        life.arrives(error(5, SENT)).denied();
        life.arrives(error(100, SENT)).denied();
        life.given();
        life.arrives(error(5, SENT)).passes();
    }

    @Test
    void aPodThatDeniedAFlowLearnsNothingOfIt() {
        life.given("web accepts nothing", "web reaches nothing");
        life.arrives(error(Packet6.PACKET_TOO_BIG, SENT)).denied();
    }

    @Test
    void theQuotedPacketMayHaveExtensionHeaders() {
        Packet6 long6 = SENT.with(
                Header6.options(Header6.HOP_BY_HOP, 16),
                Header6.firstFragment(3),
                Header6.options(Header6.DESTINATION_OPTIONS, 8));
        life.arrives(error(Packet6.PACKET_TOO_BIG, long6)).passes();
        life.arrives(error(Packet6.PACKET_TOO_BIG, long6).with(Header6.options(Header6.HOP_BY_HOP, 8)))
                .passes();
        life.arrives(error(
                        Packet6.PACKET_TOO_BIG,
                        Packet6.of(tcp("web:1", "db:2")).with(long6.headers().toArray(Header6[]::new))))
                .denied();
    }

    @Test
    void aQuoteThatSaysNoPortsIsDropped() {
        Packet6 later = SENT.with(Header6.laterFragment(1480, 3));
        life.arrives(error(Packet6.TIME_EXCEEDED, later)).dropped(DropReason.ICMP_QUOTE_FOREIGN);
        byte[] whole = error(Packet6.PACKET_TOO_BIG, SENT).bytes();
        for (int cut = 1; cut < 20 + 40 + 8; cut++) {
            byte[] frame = Arrays.copyOf(whole, whole.length - cut);
            int payload = frame.length - Packet6.payloadAt();
            frame[Packet.ETHERNET_HEADER + 5] = (byte) payload;
            Trip trip = life.arrives(error(Packet6.PACKET_TOO_BIG, SENT), frame);
            // Routers need not quote more than the ports.
            if (cut <= 16) {
                trip.passes();
            } else {
                trip.dropped(DropReason.TRUNCATED);
            }
        }
    }

    @Test
    void udpAndEchoesAreQuotedToo() {
        life.travels(udp("web:40000", "db:53")).passes();
        life.travels(echoRequest("web", "db", 77)).passes();
        life.arrives(error(1, Packet6.of(udp("web:40000", "db:53")))).passes();
        life.arrives(error(1, Packet6.of(udp("web:40001", "db:53")))).denied();
        life.arrives(error(1, Packet6.of(echoRequest("web", "db", 77)))).passes();
        life.arrives(error(1, Packet6.of(echoRequest("web", "db", 78)))).denied();
    }

    @Test
    void aPodTellsOnlyWhoSentItThePacket() {
        Packet6 got = Packet6.of(tcp("db:5432", "web:40000"));
        life.leaves(Packet6.error(1, Cast.WEB, Cast.DB, got)).passes();
        life.leaves(Packet6.error(1, Cast.WEB, Cast.WORLD, got)).dropped(DropReason.ICMP_QUOTE_FOREIGN);
        life.leaves(Packet6.error(1, Cast.WEB, Cast.DB, Packet6.of(tcp("db:5432", "api:40000"))))
                .dropped(DropReason.ICMP_QUOTE_FOREIGN);
    }
}
