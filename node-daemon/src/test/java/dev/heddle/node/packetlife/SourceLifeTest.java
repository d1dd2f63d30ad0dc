package dev.heddle.node.packetlife;

import static dev.heddle.node.packetlife.Packet.arp;
import static dev.heddle.node.packetlife.Packet.error;
import static dev.heddle.node.packetlife.Packet.sctp;
import static dev.heddle.node.packetlife.Packet.tcp;
import static dev.heddle.node.packetlife.Packet.udp;

import dev.heddle.node.ffm.layout.DropReason;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no honest packet: spoofed, foreign, cut, in pieces. */
@Tag("bpf")
class SourceLifeTest {
    @RegisterExtension
    static final Devices DEVICES = new Devices();

    private final Life life = Life.of(DEVICES);

    @AfterEach
    void end() {
        life.close();
    }

    @Test
    void aPodSendsOnlyFromItsOwnAddress() {
        Packet syn = tcp("web:40000", "db:5432").syn();
        life.leaves(syn).passes();
        life.leaves(syn.claimingAddressOf("api")).dropped(DropReason.SPOOFED_ADDRESS);
        life.leaves(syn.claimingAddressOf("host")).dropped(DropReason.SPOOFED_ADDRESS);
        life.leaves(syn.claimingMacOf("api")).dropped(DropReason.SPOOFED_MAC);
    }

    @Test
    void aPodClaimsOnlyItsOwnAddressByArp() {
        life.leaves(arp("web", "host")).passes();
        life.leaves(arp("web", "host").claimingNoAddress()).passes();
        life.leaves(arp("web", "host").claimingAddressOf("api")).dropped(DropReason.SPOOFED_ARP);
        life.arrives(arp("host", "web")).passes();
    }

    @Test
    void otherEtherTypesAreDropped() {
        Packet packet = tcp("web:40000", "db:5432").syn();
        life.leaves(packet.ofEtherType(0x88cc)).dropped(DropReason.UNKNOWN_ETHERTYPE);
        life.leaves(packet.ofEtherType(0x0026)).dropped(DropReason.UNKNOWN_ETHERTYPE);
        life.leaves(packet.ofEtherType(Packet.VLAN)).dropped(DropReason.VLAN_TAGGED);
        life.arrives(tcp("db:5432", "web:40000").ofEtherType(Packet.VLAN)).dropped(DropReason.VLAN_TAGGED);
    }

    @Test
    void whatIsCutShortIsDropped() {
        Packet packet = tcp("db:40000", "web:80").syn();
        byte[] whole = packet.bytes();
        life.arrives(packet, whole).passes();
        life.arrives(packet, Arrays.copyOf(whole, whole.length - 1)).dropped(DropReason.TRUNCATED);
        life.arrives(packet, Arrays.copyOf(whole, Packet.ETHERNET_HEADER + 20)).dropped(DropReason.TRUNCATED);
        byte[] shortHeader = whole.clone();
        shortHeader[Packet.ETHERNET_HEADER] = 0x44;
        life.arrives(packet, shortHeader).dropped(DropReason.MALFORMED);
    }

    /** Its length field has two bytes only. */
    @Test
    void aPacketAbove64KibibytesThatWillBeCutSaysNoLength() {
        Packet packet = tcp("db:40000", "web:80").syn();
        byte[] without = packet.bytes();
        without[Packet.ETHERNET_HEADER + 2] = 0;
        without[Packet.ETHERNET_HEADER + 3] = 0;
        life.arrives(packet, without).dropped(DropReason.MALFORMED);
        life.arrivesSegmented(packet, without).passes();
    }

    @Test
    void sctpThatIsCutShortIsDropped() {
        Packet packet = sctp("db:40000", "web:3868");
        byte[] cut = Arrays.copyOf(packet.bytes(), Packet.ETHERNET_HEADER + 20 + 4);
        cut[Packet.ETHERNET_HEADER + 3] = 24;
        life.arrives(packet).passes();
        life.arrives(packet, cut).dropped(DropReason.TRUNCATED);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 11, 12})
    void icmpErrorsOfAllKindsBelongToWhatTheyQuote(int type) {
        life.given("web accepts nothing");
        life.travels(tcp("web:40000", "db:5432").syn()).passes();
        life.arrives(error(type, "router", "web", tcp("web:40000", "db:5432"))).passes();
        life.arrives(error(type, "router", "web", tcp("web:40009", "db:5432"))).denied();
        life.arrives(error(type, "router", "web", tcp("api:40000", "db:5432"))).dropped(DropReason.ICMP_QUOTE_FOREIGN);
    }

    /** A redirect, and what RFC 792 does not know. */
    @ParameterizedTest
    @ValueSource(ints = {5, 40})
    void otherIcmpIsJudgedAsItself(int type) {
        life.given("web accepts nothing");
        life.travels(tcp("web:40000", "db:5432").syn()).passes();
        life.arrives(error(type, "router", "web", tcp("web:40000", "db:5432"))).denied();
        life.given("web accepts all from 198.51.100.0/24");
        life.arrives(error(type, "router", "web", tcp("web:40000", "db:5432"))).passes();
    }

    @Test
    void anIcmpErrorThatSaysNoPortsIsDropped() {
        life.given("web accepts nothing");
        life.travels(tcp("web:40000", "db:5432").syn()).passes();
        Packet quote = error(3, "router", "web", tcp("web:40000", "db:5432"));
        byte[] whole = quote.bytes();
        for (int cut = 0; cut < 28; cut++) {
            byte[] frame = Arrays.copyOf(whole, whole.length - cut);
            frame[Packet.ETHERNET_HEADER + 3] = (byte) (frame.length - Packet.ETHERNET_HEADER);
            Trip trip = life.arrives(quote, frame);
            if (cut <= 4) {
                trip.passes();
            } else {
                trip.dropped(DropReason.TRUNCATED);
            }
        }
        Packet later = tcp("web:40000", "db:5432").laterFragment(7, 1480);
        life.arrives(error(3, "router", "web", later)).dropped(DropReason.ICMP_QUOTE_FOREIGN);
    }

    @Test
    void laterFragmentsFollowTheirFirst() {
        life.given("api accepts udp 53 from db");
        Packet asked = udp("db:40000", "api:53");
        Packet other = udp("db:40000", "api:54");
        life.arrives(asked.laterFragment(5, 1480)).dropped(DropReason.FRAGMENT_UNKNOWN);
        life.arrives(asked.firstFragment(5)).passes();
        life.arrives(asked.laterFragment(5, 1480)).passes();
        life.arrives(asked.laterFragment(6, 1480)).dropped(DropReason.FRAGMENT_UNKNOWN);
        life.arrives(other.firstFragment(7)).denied();
        life.arrives(other.laterFragment(7, 1480)).denied();
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
        Packet segment = tcp("db:40000", "web:80").syn();
        life.arrives(segment.firstFragment(5)).passes();
        life.arrives(segment.laterFragment(5, 8)).dropped(DropReason.MALFORMED);
    }
}
