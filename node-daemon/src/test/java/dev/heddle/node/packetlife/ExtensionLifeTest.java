package dev.heddle.node.packetlife;

import static dev.heddle.node.packetlife.Packet.sctp;
import static dev.heddle.node.packetlife.Packet.tcp;
import static dev.heddle.node.packetlife.Packet.udp;

import dev.heddle.node.ffm.layout.DropReason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IPv6 headers between the address and the port: they hide nothing, and what cannot be followed is dropped. */
@Tag("bpf")
class ExtensionLifeTest {
    private static final Header6 HOP_BY_HOP = Header6.options(Header6.HOP_BY_HOP, 8);
    private static final Header6 OPTIONS = Header6.options(Header6.DESTINATION_OPTIONS, 16);
    private static final Header6 ROUTED = Header6.routing(2, 0);
    private static final Header6 AUTHENTICATED = Header6.authentication();
    private static final Header6 ONE_PIECE = Header6.fragment(0, 9);

    @RegisterExtension
    static final Devices DEVICES = new Devices();

    private final Life life = Life.of(DEVICES, Family.IPV6, Config.DEFAULT);

    @BeforeEach
    void apiAcceptsWeb() {
        life.given("api accepts tcp 8080 from web");
    }

    @AfterEach
    void end() {
        life.close();
    }

    static Stream<Arguments> chains() {
        return Stream.of(
                        List.of(HOP_BY_HOP),
                        List.of(Header6.options(Header6.HOP_BY_HOP, 2048)),
                        List.of(OPTIONS),
                        List.of(ROUTED),
                        List.of(Header6.routing(0, 0)),
                        List.of(AUTHENTICATED),
                        List.of(ONE_PIECE),
                        List.of(ONE_PIECE, OPTIONS),
                        List.of(HOP_BY_HOP, OPTIONS, ROUTED, ONE_PIECE, AUTHENTICATED, OPTIONS))
                .map(chain -> Arguments.of(kinds(chain), chain));
    }

    private static List<Integer> kinds(List<Header6> chain) {
        return chain.stream().map(Header6::kind).toList();
    }

    private static Packet6 syn(int port, List<Header6> chain) {
        return Packet6.of(tcp("web:40000", "api:" + port).syn()).with(chain.toArray(Header6[]::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chains")
    void whatIsBehindThemIsJudged(List<Integer> kinds, List<Header6> chain) {
        life.travels(syn(8080, chain)).passes();
        life.travels(syn(9090, chain)).denied();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chains")
    void cutShortTheyAreDropped(List<Integer> kinds, List<Header6> chain) {
        byte[] whole = syn(8080, chain).bytes();
        for (int length = Packet6.payloadAt(); length < whole.length; length += 4) {
            byte[] cut = Arrays.copyOf(whole, length);
            life.leaves(Cast.WEB, cut).dropped(DropReason.TRUNCATED);
            life.leaves(Cast.WEB, saying(length, cut)).dropped(DropReason.TRUNCATED);
            life.leaves(Cast.WEB, saying(length, whole)).dropped(DropReason.TRUNCATED);
        }
    }

    /** The same bytes, whose fixed header says how many there are. */
    private static byte[] saying(int length, byte[] frame) {
        byte[] honest = frame.clone();
        int payload = length - Packet6.payloadAt();
        honest[Packet.ETHERNET_HEADER + 4] = (byte) (payload >> 8);
        honest[Packet.ETHERNET_HEADER + 5] = (byte) payload;
        return honest;
    }

    @Test
    void aLongPacketHasRoomForSixLongHeaders() {
        Header6 longest = Header6.options(Header6.DESTINATION_OPTIONS, 512);
        List<Header6> chain = List.of(longest, longest, longest, longest, longest, longest);
        life.travels(syn(8080, chain)).passes();
        life.travels(syn(9090, chain)).denied();
    }

    @Test
    void moreHeadersThanHostsSendAreNotFollowed() {
        List<Header6> seven = List.of(OPTIONS, OPTIONS, OPTIONS, OPTIONS, OPTIONS, OPTIONS, OPTIONS);
        life.leaves(syn(8080, seven)).dropped(DropReason.IPV6_EXTENSIONS);
        life.arrives(syn(8080, seven)).dropped(DropReason.IPV6_EXTENSIONS);
    }

    @Test
    void aHeaderOutOfPlaceIsDropped() {
        life.leaves(syn(8080, List.of(OPTIONS, HOP_BY_HOP))).dropped(DropReason.IPV6_EXTENSIONS);
        life.leaves(syn(8080, List.of(ONE_PIECE, Header6.firstFragment(9)))).dropped(DropReason.IPV6_EXTENSIONS);
        life.leaves(syn(8080, List.of(Header6.firstFragment(9), ONE_PIECE))).dropped(DropReason.IPV6_EXTENSIONS);
    }

    /** Its destination is not who gets it in the end. */
    @Test
    void aRouteOfTheSendersChoosingIsNotTaken() {
        life.leaves(syn(8080, List.of(Header6.routing(2, 1)))).dropped(DropReason.UNSUPPORTED_IPV6);
        life.arrives(syn(8080, List.of(HOP_BY_HOP, Header6.routing(1, 1)))).dropped(DropReason.UNSUPPORTED_IPV6);
    }

    @ParameterizedTest
    @ValueSource(ints = {Packet6.ESP, Packet6.NO_NEXT_HEADER, Packet.GRE, Packet.ICMP})
    void otherProtocolsAreJudgedToo(int protocol) {
        Packet6 packet = syn(8080, List.of(OPTIONS)).carrying(protocol, new byte[16]);
        life.travels(packet).denied();
        life.given("api accepts all from web");
        life.travels(packet).passes();
        byte[] headerPastTheEnd = packet.bytes();
        headerPastTheEnd[Packet6.payloadAt() + 1] = 9;
        life.leaves(Cast.WEB, headerPastTheEnd).dropped(DropReason.TRUNCATED);
    }

    @Test
    void aPacketThatIsNoIpv6IsDropped() {
        byte[] frame = syn(8080, List.of()).bytes();
        frame[Packet.ETHERNET_HEADER] = 0x45;
        life.leaves(Cast.WEB, frame).dropped(DropReason.MALFORMED);
        byte[] offset = syn(8080, List.of()).bytes();
        offset[Packet6.payloadAt() + 12] = 0x40;
        life.leaves(Cast.WEB, offset).dropped(DropReason.MALFORMED);
    }

    @Test
    void whatIsBehindTheirEndIsNoPartOfThem() {
        Packet6 packet = Packet6.of(udp("web:40000", "api:53"));
        byte[] padded = Arrays.copyOf(packet.bytes(), 90);
        life.given();
        life.arrives(packet, padded).passes();
        life.arrives(packet, saying(Packet6.payloadAt() + 7, padded)).dropped(DropReason.TRUNCATED);
        Packet6 chunk = Packet6.of(sctp("web:40000", "api:3868"));
        life.arrives(chunk, saying(Packet6.payloadAt() + 7, chunk.bytes())).dropped(DropReason.TRUNCATED);
    }

    /** Its length field has two bytes only. */
    @Test
    void aPacketAbove64KibibytesThatWillBeCutSaysNoLength() {
        Packet6 packet = syn(8080, List.of());
        byte[] without = saying(Packet6.payloadAt(), packet.bytes());
        life.arrives(packet, without).dropped(DropReason.TRUNCATED);
        life.arrivesSegmented(packet, without).passes();
        Packet6 other = syn(9090, List.of(HOP_BY_HOP));
        life.arrivesSegmented(other, saying(Packet6.payloadAt(), other.bytes())).denied();
    }

    @Test
    void laterFragmentsFollowTheirFirst() {
        life.given("api accepts udp 53 from db");
        Packet6 asked = Packet6.of(udp("db:40000", "api:53"));
        Packet6 other = Packet6.of(udp("db:40000", "api:54"));
        Packet6 rest = asked.carrying(Packet.UDP, new byte[64]);
        life.arrives(rest.with(Header6.laterFragment(1480, 5))).dropped(DropReason.FRAGMENT_UNKNOWN);
        life.arrives(asked.with(Header6.firstFragment(5))).passes();
        life.arrives(rest.with(Header6.laterFragment(1480, 5))).passes();
        life.arrives(rest.with(OPTIONS, Header6.laterFragment(1480, 5))).passes();
        life.arrives(rest.with(Header6.laterFragment(1480, 6))).dropped(DropReason.FRAGMENT_UNKNOWN);
        life.arrives(other.with(Header6.firstFragment(7))).denied();
        life.arrives(rest.with(Header6.laterFragment(1480, 7))).denied();
    }

    /** Nothing but the first fragment says what they are, whatever their own header says. */
    @Test
    void laterFragmentsAreOfTheirFirstsProtocol() {
        life.given("api accepts udp 53 from db");
        life.arrives(Packet6.of(tcp("db:40000", "api:53").syn()).with(Header6.firstFragment(5)))
                .denied();
        Packet6 lie = Packet6.of(udp("db:40000", "api:53")).carrying(Packet.UDP, new byte[64]);
        life.arrives(lie.with(Header6.laterFragment(1480, 5))).denied();
    }

    @Test
    void aLaterFragmentsBytesAreNoHeaders() {
        life.given("api accepts udp 53 from db");
        Packet6 asked = Packet6.of(udp("db:40000", "api:53"));
        life.arrives(asked.with(Header6.firstFragment(5))).passes();
        Packet6 looksRouted = asked.with(Header6.laterFragment(1480, 5))
                .carrying(Header6.ROUTING, new byte[] {17, 2, 0, 9, 0, 0, 0, 0});
        life.arrives(looksRouted).passes();
    }

    /** What a pod says of a datagram counts for what it sends, not for what it gets. */
    @Test
    void aPodDoesNotSpeakForTheFragmentsItGets() {
        life.given();
        Packet lie = udp("web:40000", "web:53").claimingAddressOf("db");
        life.leaves(lie.firstFragment(5)).dropped(DropReason.SPOOFED_ADDRESS);
        life.arrives(udp("db:40000", "web:53").laterFragment(5, 1480)).dropped(DropReason.FRAGMENT_UNKNOWN);
    }

    @Test
    void aFragmentDoesNotOverwriteATcpHeader() {
        Packet6 segment = Packet6.of(tcp("db:40000", "web:80").syn());
        life.arrives(segment.with(Header6.firstFragment(5))).passes();
        life.arrives(segment.with(Header6.laterFragment(8, 5))).dropped(DropReason.MALFORMED);
        life.arrives(segment.with(Header6.laterFragment(24, 5))).passes();
    }
}
