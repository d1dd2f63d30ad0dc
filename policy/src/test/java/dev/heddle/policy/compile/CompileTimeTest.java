package dev.heddle.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A big cluster is compiled in a moment: 50,000 pods of 10,000 identities, 500 rules. */
class CompileTimeTest {

    private static final int PODS = 50_000;
    private static final int IDENTITIES = 10_000;
    private static final int POLICIES = 250;
    private static final int NAMESPACES = 50;
    /** Generous: the machine may be busy. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Test
    void isShort() {
        Nodes node = new Nodes();
        for (int i = 0; i < NAMESPACES; i++) {
            node.namespaces.put("n" + i, Map.of("team", "t" + i % 10));
            node.endpoints.add(new NodeView.LocalEndpoint("e" + i, "n" + i, Map.of("app", "a" + i), List.of()));
        }
        for (int i = 0; i < PODS; i++) {
            int app = i % IDENTITIES;
            node.pod("10.244." + (i / 250) + "." + (1 + i % 250), "n" + app % NAMESPACES, "a" + app);
        }
        for (int i = 0; i < POLICIES; i++) {
            node.policy(
                    "n" + i % NAMESPACES, "p" + i, List.of(team(i % 10), Nodes.block("192.0." + i + ".0/24")), port(i));
        }
        node.compile(); // warm
        long start = System.nanoTime();
        Image image = node.compile();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf(
                "compile: %d ms for %d peers, %d classes, %d subjects, %d rows, %d port classes%n",
                took.toMillis(),
                image.peerClass().limit(),
                image.classes(),
                image.subjectCount(),
                image.rowCount(),
                image.portClasses());
        assertThat(took).isLessThan(LIMIT);
        assertThat(image.problems()).isEmpty();
    }

    private static Peer team(int team) {
        Requirement ofTeam = new Requirement("team", Requirement.Operator.IN, List.of("t" + team));
        Requirement apps = new Requirement("app", Requirement.Operator.NOT_IN, List.of("a" + team, "a" + 7 * team));
        return new Peer.Pods(new LabelSelector(List.of(ofTeam)), "", new LabelSelector(List.of(apps)));
    }

    private static List<PortMatch> port(int i) {
        return List.of(new PortMatch.Range(Protocol.TCP, 8_000 + i % 40, 8_000 + i % 40));
    }
}
