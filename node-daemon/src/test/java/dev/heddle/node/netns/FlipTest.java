package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.apply.Applier;
import dev.heddle.node.ffm.layout.DropReason;
import dev.heddle.node.packetlife.Family;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A policy change is atomic: under flows of both families in both directions between two pods of one node, a thousand
 * changes, and every packet is judged by one policy as a whole. Every datagram is accounted for, and no segment was sent twice
 * because of a change.
 */
@Tag("netns")
class FlipTest {

    private static final int FLIPS = 1000;
    private static final long BASELINE_SECONDS = 4;
    /** What a busy machine or a kernel may send by itself in all the time that the flips take: a segment twice, a report. */
    private static final long BY_ITSELF = 4;

    /** Says each revision that is live. */
    private final Logger perRevision = Logger.getLogger(Applier.class.getName());

    private TestPins pins;
    private TwoPods pods;

    @BeforeEach
    void up() {
        perRevision.setLevel(Level.WARNING);
        pins = new TestPins();
        pods = TwoPods.up();
    }

    @AfterEach
    void down() {
        pods.close();
        pins.close();
        perRevision.setLevel(null);
    }

    @Test
    void aThousandFlipsMixNoVerdictAndLoseNothing() throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER)) {
            daemon.enforce(TestPolicies.named("senders"));
            try (Traffic traffic = new Traffic()) {
                for (UdpStream stream : traffic.always) {
                    stream.awaitReceived(100);
                }
                KernelCounters start = KernelCounters.now();
                TimeUnit.SECONDS.sleep(BASELINE_SECONDS);
                KernelCounters baseline = KernelCounters.now().since(start);

                KernelCounters before = KernelCounters.now();
                long began = System.nanoTime();
                int first = daemon.enforce(TestPolicies.named("receivers"));
                for (int flip = 1; flip < FLIPS; flip++) {
                    daemon.enforce(TestPolicies.named(flip % 2 == 0 ? "receivers" : "senders"));
                }
                int last = daemon.enforce(TestPolicies.named("receivers"));
                double periods = (System.nanoTime() - began) / 1e9 / BASELINE_SECONDS;
                KernelCounters flips = KernelCounters.now().since(before);
                traffic.stop();
                KernelCounters all = KernelCounters.now().since(start);
                System.out.printf(
                        "%d flips in %.1f s, %s; without any %s in %d s; %s%n",
                        FLIPS, periods * BASELINE_SECONDS, flips, baseline, BASELINE_SECONDS, traffic);

                assertThat(last - first).isEqualTo(FLIPS);
                assertThat(traffic.never)
                        .as("packets judged by halves of two policies")
                        .allSatisfy(stream -> assertThat(stream.received()).isZero());
                long denied = traffic.never.stream().mapToLong(UdpStream::sent).sum();
                assertThat(daemon.dropped(DropReason.POLICY_DENIED))
                        .as("packets that no policy allows, and what the pods' kernels send by themselves")
                        .isBetween(denied, denied + BY_ITSELF);
                assertThat(traffic.received() + all.udpOverflows())
                        .as("packets that arrived at their pod, read or for want of a reader")
                        .isEqualTo(traffic.sent());
                assertThat(traffic.talks).allSatisfy(talk -> {
                    assertThat(talk.failure()).isNull();
                    assertThat(talk.answers()).isGreaterThan(FLIPS);
                });
                assertThat(flips.tcpRetransmissions())
                        .as("segments sent twice")
                        .isLessThanOrEqualTo((long) (baseline.tcpRetransmissions() * periods) + BY_ITSELF);
            }
        }
    }

    /** Of both families in both directions: eight flows that both policies allow, eight that none does, and TCP. */
    private static final class Traffic implements AutoCloseable {
        private final List<UdpStream> always = new ArrayList<>();
        private final List<UdpStream> never = new ArrayList<>();
        private final List<TcpTalk> talks = new ArrayList<>();

        Traffic() {
            for (Family family : Family.values()) {
                between(TwoPods.A, TwoPods.B, family);
                between(TwoPods.B, TwoPods.A, family);
            }
        }

        private void between(TwoPods.Pod source, TwoPods.Pod destination, Family family) {
            always.add(UdpStream.ofEightFlows(source, destination, TestPolicies.ALWAYS, family));
            never.add(UdpStream.ofEightFlows(source, destination, TestPolicies.NEVER, family));
            talks.add(TcpTalk.between(source, destination, TestPolicies.ALWAYS, family));
        }

        long sent() {
            return always.stream().mapToLong(UdpStream::sent).sum();
        }

        long received() {
            return always.stream().mapToLong(UdpStream::received).sum();
        }

        void stop() throws InterruptedException {
            for (UdpStream stream : always) {
                stream.stop();
            }
            for (UdpStream stream : never) {
                stream.stop();
            }
        }

        @Override
        public String toString() {
            return "%d datagrams allowed, %d denied, %d answers over TCP"
                    .formatted(
                            sent(),
                            never.stream().mapToLong(UdpStream::sent).sum(),
                            talks.stream().mapToLong(TcpTalk::answers).sum());
        }

        @Override
        public void close() throws IOException {
            for (UdpStream stream : always) {
                stream.close();
            }
            for (UdpStream stream : never) {
                stream.close();
            }
            for (TcpTalk talk : talks) {
                talk.close();
            }
        }
    }
}
