package dev.heddle.policy.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.compile.Subjects;
import dev.heddle.policy.compile.Who;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.oracle.Judgement;
import dev.heddle.policy.oracle.Oracle;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Rule;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tables say of every flow what the oracle says, rule for rule; read as the kernel reads them. */
class TablesAgreeWithOracleTest {

    private static final int CLUSTERS = 1_000;
    private static final int SAMPLES = 4;
    private static final int[] PROTOCOLS = {6, 17, 132, 1};
    private static final int[] PORTS = {0, 1, 53, 80, 1023, 1024, 8080, 8082, 8083, 65_535};

    private long compared;
    private long denied;
    private long lateWithClass;

    @Test
    void onEveryRandomCluster() {
        long seed = System.nanoTime();
        for (int i = 0; i < CLUSTERS; i++) {
            check(seed + i);
        }
        // The generator must not drift to where everything is open, or nothing is.
        assertThat(denied).isBetween(compared / 10, compared * 9 / 10);
        assertThat(lateWithClass).isGreaterThan(CLUSTERS / 10);
    }

    private void check(long seed) {
        Random random = new Random(seed);
        RandomCluster cluster = new RandomCluster(random);
        PeerNumbering numbering = new PeerNumbering(65_536);
        int local = 1 + random.nextInt(cluster.pods.size());
        for (int revision = 0; revision < 2; revision++) {
            List<Rule> rules = new RandomRules(random).of(new RandomPolicies(random).in(cluster.names));
            int heard = local + random.nextInt(cluster.pods.size() - local + 1);
            Image image = Compiler.compile(
                    cluster.view(rules, local, cluster.pods.subList(0, heard)),
                    numbering,
                    Capacity.OF_THE_KERNEL_TABLES);
            Case node = new Case("seed " + seed + " revision " + revision, image, rules, random);
            for (int endpoint = 0; endpoint < local; endpoint++) {
                for (Party other : cluster.parties()) {
                    boolean late = cluster.pods.indexOf(other) >= heard;
                    compare(node, cluster.pods.get(endpoint), endpoint, other, late);
                }
            }
        }
    }

    private record Case(String name, Image image, List<Rule> rules, Random random) {}

    private void compare(Case node, Party.Pod pod, int endpoint, Party other, boolean late) {
        if (!late) {
            compare(node, pod, endpoint, Direction.EGRESS, other, classOf(node.image(), other));
            compare(node, pod, endpoint, Direction.INGRESS, other, classOfSender(node.image(), other));
            return;
        }
        // Before it is heard of, the pod is pending; with a class for it, it needs no compile.
        Party.Pod latecomer = (Party.Pod) other;
        Party pending = new Party.Unidentified(latecomer.address());
        compare(node, pod, endpoint, pending, classOf(node.image(), pending));
        Identity identity = RandomCluster.identity(latecomer);
        OptionalInt found = node.image()
                .classFor(node.image().peerAt(latecomer.address(), new Who.Known(identity.hash())), identity);
        if (found.isPresent()) {
            lateWithClass++;
            compare(node, pod, endpoint, other, found.getAsInt());
        }
    }

    private static int classOf(Image image, Party party) {
        return image.peerClass().get(image.prefixes().peer(party.address()));
    }

    /** Only a packet that is born on this node is this node's. */
    private static int classOfSender(Image image, Party party) {
        return party instanceof Party.Node node && node.own()
                ? image.peerClass().get(PeerNumbering.HOST)
                : classOf(image, party);
    }

    private void compare(Case node, Party.Pod pod, int endpoint, Party other, int peerClass) {
        for (Direction direction : Direction.values()) {
            compare(node, pod, endpoint, direction, other, peerClass);
        }
    }

    private void compare(Case node, Party.Pod pod, int endpoint, Direction direction, Party other, int peerClass) {
        Subjects subjects = Objects.requireNonNull(node.image().subjects().get(String.valueOf(endpoint)));
        int subject = direction == Direction.INGRESS ? subjects.ingress() : subjects.egress();
        for (int sample = 0; sample < SAMPLES; sample++) {
            int protocol = PROTOCOLS[node.random().nextInt(PROTOCOLS.length)];
            int port = PORTS[node.random().nextInt(PORTS.length)];
            Judgement expected = Oracle.judge(node.rules(), pod, direction, other, protocol, port);
            int cell = cell(node.image(), subject, peerClass, protocol, port);
            Judgement found = new Judgement(cell >>> 30 == 1, node.image().rule(cell & 0xff_ffff));
            compared++;
            denied += expected.accepted() ? 0 : 1;
            if (!found.equals(expected)) {
                assertThat(found)
                        .as(
                                "%s: %s of %s with %s, protocol %d port %d, under %s",
                                node.name(), direction, pod, other, protocol, port, node.rules())
                        .isEqualTo(expected);
            }
        }
    }

    private static int cell(Image image, int subject, int peerClass, int protocol, int port) {
        int row = image.rows().get(subject * image.classes() + peerClass);
        int portClass = image.portClass().get((Image.slot(protocol) << 16) + port);
        return image.cells().get(row * image.portClasses() + portClass);
    }
}
