package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.apply.EventRing;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.PacketEvent;
import dev.heddle.node.packetlife.Family;
import dev.heddle.node.packetlife.Sentence;
import dev.heddle.policy.rule.Direction;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A drop on a real device is heard with all that is known of it. */
@ParameterizedClass(name = "{0}")
@EnumSource(Family.class)
@Tag("netns")
class DropEventsTest {

    private static final int FROM = 40_001;
    private static final int DENIED = 7002;
    private static final int UDP = 17;

    private final Family family;

    private TestPins pins;
    private TwoPods pods;

    DropEventsTest(Family family) {
        this.family = family;
    }

    @BeforeEach
    void up() {
        pins = new TestPins();
        pods = TwoPods.up();
    }

    @AfterEach
    void down() {
        pods.close();
        pins.close();
    }

    @Test
    void aDropSaysWhoWhatAndWhichRule() throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                EventRing events = daemon.events()) {
            int revision = daemon.enforce(Sentence.rules("b accepts udp 7001 from a"));
            send(DENIED);

            PacketEvent drop = await(events, event -> event.dropped() && event.protocol() == UDP);
            assertThat(drop)
                    .isEqualTo(new PacketEvent(
                            drop.nanos(),
                            Direction.INGRESS,
                            true,
                            "policy denied",
                            Address.parse(TwoPods.A.address(family)),
                            FROM,
                            Address.parse(TwoPods.B.address(family)),
                            DENIED,
                            UDP,
                            drop.rule(),
                            drop.peer(),
                            revision,
                            TwoPods.B.ifindex(),
                            0));
            assertThat(daemon.rule(drop.rule()).origin().field()).isEqualTo("spec.podSelector");
        }
    }

    /** A stranger's address is not even asked for; where no rule decides, none is named. */
    @Test
    void aSpoofedPacketSaysSo() throws Exception {
        Address stranger = Address.parse(family == Family.IPV4 ? "10.199.77.9" : "fd00:199:77::9");
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                EventRing events = daemon.events()) {
            daemon.enforce(Sentence.rules());
            TwoPods.A.alsoHas(stranger.toString());
            send(DENIED, stranger.toString());

            PacketEvent drop = await(events, event -> event.source().equals(stranger));
            assertThat(drop.direction()).isEqualTo(Direction.EGRESS);
            // IPv4 asks by ARP who B is, IPv6 asks those who listen for an address that ends like B's.
            assertThat(drop.reason()).isEqualTo(family == Family.IPV4 ? "spoofed arp" : "spoofed address");
            assertThat(drop.destination())
                    .isEqualTo(Address.parse(family == Family.IPV4 ? TwoPods.B.address() : "ff02::1:ff00:3"));
            assertThat(drop.ifindex()).isEqualTo(TwoPods.A.ifindex());
            assertThat(drop.rule()).isZero();
        }
    }

    /** The kernel takes the tag out of the frame before any program sees it (vlan_present); what is inside is not looked at. */
    @Test
    void aTaggedPacketSaysSo() throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                EventRing events = daemon.events()) {
            daemon.enforce(Sentence.rules());
            for (int tag : List.of(0x8100, 0x88a8)) { // IEEE 802.1Q, 802.1ad
                byte[] frame = ByteBuffer.allocate(64)
                        .putLong(-1)
                        .putInt(0)
                        .putShort((short) tag)
                        .putShort((short) 5)
                        .putShort((short) (family == Family.IPV4 ? 0x0800 : 0x86dd))
                        .array();
                TwoPods.A.inside(() -> {
                    PacketSocket.send(NetworkInterface.getByName("eth0").getIndex(), frame);
                    return true;
                });

                PacketEvent drop = await(events, event -> event.reason().equals("vlan tagged"));
                assertThat(drop.direction()).isEqualTo(Direction.EGRESS);
                assertThat(drop.ifindex()).isEqualTo(TwoPods.A.ifindex());
            }
        }
    }

    private void send(int port) throws IOException {
        send(port, TwoPods.A.address(family));
    }

    private void send(int port, String from) throws IOException {
        try (DatagramChannel channel =
                TwoPods.A.inside(() -> DatagramChannel.open().bind(new InetSocketAddress(from, FROM)))) {
            channel.send(ByteBuffer.wrap(new byte[1]), new InetSocketAddress(TwoPods.B.address(family), port));
        }
    }

    private static PacketEvent await(EventRing events, Predicate<PacketEvent> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        List<PacketEvent> heard = new ArrayList<>();
        while (System.nanoTime() < deadline) {
            events.drain(heard::add);
            var found = heard.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(5);
        }
        throw new AssertionError("only this was heard: " + heard);
    }
}
