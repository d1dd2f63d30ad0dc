package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.packetlife.Family;
import dev.heddle.node.packetlife.Sentence;
import dev.heddle.policy.rule.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A policy that denies what was allowed ends what is open, its replies too, and touches nothing else: no packet lost, none
 * sent twice. Both pods are isolated both ways, so that every reply passes because of the flow that it answers.
 */
@Tag("netns")
class NewDenyTest {

    private static final int KEPT = 7001;
    private static final int DENIED = 7002;
    private static final List<String> ISOLATED = List.of("a accepts nothing", "b reaches nothing");

    private TestPins pins;
    private TwoPods pods;

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

    @ParameterizedTest
    @CsvSource({
        "IPV4, b accepts PROTOCOL 7001 from a, a reaches all at b",
        "IPV6, b accepts PROTOCOL 7001 from a, a reaches all at b",
        "IPV4, a reaches PROTOCOL 7001 at b, b accepts all from a",
        "IPV6, a reaches PROTOCOL 7001 at b, b accepts all from a"
    })
    void endsWhatItDeniesAndNothingElse(Family family, String narrowed, String open) throws Exception {
        OpenConnection.Way way = OpenConnection.Way.valueOf(family.name());
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER)) {
            daemon.enforce(rules(open, narrowed.replace("PROTOCOL 7001", "all")));
            try (OpenConnection denied = OpenConnection.to(DENIED, way);
                    OpenConnection bystander = OpenConnection.to(KEPT, way);
                    UdpStream deniedDatagrams = UdpStream.to(DENIED, family);
                    UdpStream datagrams = UdpStream.to(KEPT, family)) {
                assertThat(denied.asks()).isTrue();
                deniedDatagrams.awaitReceived(100);

                daemon.enforce(rules(open, narrowed.replace("PROTOCOL", "tcp"), narrowed.replace("PROTOCOL", "udp")));
                long before = deniedDatagrams.received();

                assertThat(denied.answers())
                        .as("a reply of the denied connection")
                        .isFalse();
                assertThat(denied.asks()).as("the denied connection").isFalse();
                for (int i = 0; i < 100; i++) {
                    assertThat(bystander.asks()).isTrue();
                    assertThat(bystander.answers()).isTrue();
                }
                datagrams.awaitReceived(datagrams.received() + 1000);
                deniedDatagrams.stop();
                datagrams.stop();
                assertThat(deniedDatagrams.received())
                        .as("at most what was under way")
                        .isLessThan(before + 50);
                assertThat(datagrams.received()).as("datagrams lost").isEqualTo(datagrams.sent());
                assertThat(sentTwice(DENIED)).as("the denied connection tries").isTrue();
                assertThat(sentTwice(KEPT)).as("its neighbour").isFalse();
            }
        }
    }

    private static List<Rule> rules(String... sentences) {
        return Sentence.rules(
                Stream.concat(ISOLATED.stream(), Stream.of(sentences)).toArray(String[]::new));
    }

    /** Whether a segment of a connection to this port was sent twice: ss(8) says so only then. */
    private static boolean sentTwice(int port) throws IOException, InterruptedException {
        Process ss = new ProcessBuilder("ip", "netns", "exec", "hdt-a", "ss", "-tinH", "dport = :" + port).start();
        String shown = new String(ss.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(ss.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(shown).as("what ss(8) shows").contains("segs_out:");
        return shown.contains("retrans:");
    }
}
