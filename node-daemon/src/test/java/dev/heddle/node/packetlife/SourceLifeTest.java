package dev.heddle.node.packetlife;

import static dev.heddle.node.packetlife.Packet.arp;
import static dev.heddle.node.packetlife.Packet.sctp;
import static dev.heddle.node.packetlife.Packet.tcp;
import static dev.heddle.node.packetlife.Packet.udp;

import dev.heddle.node.ffm.layout.DropReason;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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

    @Test
    void sctpThatIsCutShortIsDropped() {
        Packet packet = sctp("db:40000", "web:3868");
        byte[] cut = Arrays.copyOf(packet.bytes(), Packet.ETHERNET_HEADER + 20 + 4);
        cut[Packet.ETHERNET_HEADER + 3] = 24;
        life.arrives(packet).passes();
        life.arrives(packet, cut).dropped(DropReason.TRUNCATED);
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

    @Test
    void aFragmentDoesNotOverwriteATcpHeader() {
        Packet segment = tcp("db:40000", "web:80").syn();
        life.arrives(segment.firstFragment(5)).passes();
        life.arrives(segment.laterFragment(5, 8)).dropped(DropReason.MALFORMED);
    }
}
