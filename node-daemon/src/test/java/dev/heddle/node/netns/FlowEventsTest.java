package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.live.FlowEnd;
import dev.heddle.crds.live.FlowQuestion;
import dev.heddle.crds.live.FlowRecord;
import dev.heddle.crds.live.Party;
import dev.heddle.node.apply.EventRing;
import dev.heddle.node.packetlife.Family;
import dev.heddle.node.packetlife.Sentence;
import dev.heddle.policy.rule.Origin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of real connections: once at each hook, with pods and rules by name. */
@ParameterizedClass(name = "{0}")
@EnumSource(Family.class)
@Tag("netns")
class FlowEventsTest {

    private static final int OPEN = 7001;
    private static final int CLOSED = 7002;
    private static final String ACCEPTS = "b accepts tcp 7001 from a";
    private static final String REACHES = "a reaches all at b";
    private static final FlowQuestion EVERYTHING = new FlowQuestion(null, null, List.of(), null, 0, 0);

    private final Family family;

    private TestPins pins;
    private TwoPods pods;

    FlowEventsTest(Family family) {
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

    /** A connection that talks and closes has no more than its first packet to be said. */
    @Test
    void aConnectionIsSaidOnceAtEachHook() throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                EventRing events = daemon.events()) {
            daemon.enforce(Sentence.rules(REACHES, ACCEPTS));
            Instant before = Instant.now();
            talk();
            ask(CLOSED); // its drop is the last that is said

            assertThat(told(daemon, events, CLOSED))
                    .containsExactly(
                            "ALLOWED EGRESS a > b:7001 by " + REACHES + " spec.rules[0]",
                            "ALLOWED INGRESS a > b:7001 by " + ACCEPTS + " spec.rules[0]",
                            "ALLOWED EGRESS a > b:7002 by " + REACHES + " spec.rules[0]",
                            "DROPPED INGRESS a > b:7002 by " + ACCEPTS + " spec.podSelector");
            assertThat(records(daemon)).allSatisfy(record -> {
                assertThat(Instant.parse(record.time()))
                        .isBetween(before.minusMillis(2), Instant.now().plusMillis(2));
                assertThat(record.protocol()).isEqualTo(record.destination().port() == OPEN ? 6 : 17);
            });
        }
    }

    /** Datagrams of one flow have one record, until another policy drops them. */
    @Test
    void aFlowThatALaterPolicyDropsIsSaidAgain() throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER);
                EventRing events = daemon.events()) {
            daemon.enforce(Sentence.rules(REACHES));
            for (int i = 0; i < 5; i++) {
                ask(CLOSED);
            }
            daemon.enforce(Sentence.rules("a reaches nothing"));
            ask(CLOSED);
            assertThat(told(daemon, events, CLOSED))
                    .containsExactly(
                            "ALLOWED EGRESS a > b:7002 by " + REACHES + " spec.rules[0]",
                            "ALLOWED INGRESS a > b:7002 by nothing",
                            "DROPPED EGRESS a > b:7002 by a reaches nothing spec.podSelector");
        }
    }

    private void talk() throws Exception {
        try (ServerSocket listener = TwoPods.B.inside(() -> {
            ServerSocket socket = new ServerSocket();
            socket.bind(new InetSocketAddress(TwoPods.B.address(family), OPEN));
            return socket;
        })) {
            try (Socket client = TwoPods.A.inside(() -> {
                        Socket socket = new Socket();
                        socket.connect(new InetSocketAddress(TwoPods.B.address(family), OPEN), 5000);
                        return socket;
                    });
                    Socket server = listener.accept()) {
                client.getOutputStream().write(1);
                assertThat(server.getInputStream().read()).isEqualTo(1);
                server.getOutputStream().write(2);
                assertThat(client.getInputStream().read()).isEqualTo(2);
            }
        }
    }

    private void ask(int port) throws IOException {
        try (DatagramChannel channel = TwoPods.A.inside(
                () -> DatagramChannel.open().bind(new InetSocketAddress(TwoPods.A.address(family), 40_001)))) {
            channel.send(ByteBuffer.wrap(new byte[1]), new InetSocketAddress(TwoPods.B.address(family), port));
        }
    }

    /** What is said of the two pods, until a drop at this port is. */
    private List<String> told(SmallDaemon daemon, EventRing events, int last) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        List<String> told = new ArrayList<>();
        while (System.nanoTime() < deadline) {
            events.drain(daemon.flows()::accept);
            told = records(daemon).stream().map(FlowEventsTest::text).toList();
            if (told.stream().anyMatch(text -> text.startsWith("DROPPED") && text.contains(":" + last + " "))) {
                return told;
            }
            Thread.sleep(Duration.ofMillis(5));
        }
        throw new AssertionError("only this was told: " + told);
    }

    /** Devices say more of themselves, by neighbour discovery and the like. */
    private List<FlowRecord> records(SmallDaemon daemon) {
        return daemon.flows().answer(EVERYTHING).records().stream()
                .filter(record -> record.source().address().equals(TwoPods.A.address(family))
                        && record.destination().address().equals(TwoPods.B.address(family)))
                .toList();
    }

    private static String text(FlowRecord record) {
        return record.verdict() + " " + record.direction() + " " + name(record.source()) + " > "
                + name(record.destination()) + ":" + record.destination().port() + " by " + rule(record.rule());
    }

    private static String name(FlowEnd end) {
        Party who = end.who();
        assertThat(who.namespace()).isEqualTo("shop");
        return String.valueOf(who.pod());
    }

    private static String rule(@Nullable Origin rule) {
        return rule == null ? "nothing" : rule.name() + " " + rule.field();
    }
}
