package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.desired.OwnPod;
import dev.heddle.node.desired.Peers;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.packetlife.Sentence;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes known while connections are open: labels, identities, who has an address. They follow. */
@Tag("netns")
class RaceTest {

    private static final int PORT = 7001;
    private static final List<Rule> B_ACCEPTS_A = Sentence.rules("b accepts all from a");
    private static final Identity LIKE_A = Identity.of("shop", Map.of("app", "a"), List.of());
    private static final Identity ANOTHER = Identity.of("shop", Map.of("app", "c"), List.of());

    private TestPins pins;
    private TwoPods pods;
    private SmallDaemon daemon;

    @BeforeEach
    void up() {
        pins = new TestPins();
        pods = TwoPods.up();
        daemon = new SmallDaemon(TestPins.FOLDER);
    }

    @AfterEach
    void down() {
        daemon.close();
        pods.close();
        pins.close();
    }

    @Test
    void underTrafficTheFirstPolicyComesWithoutALoss() throws Exception {
        try (UdpStream always = UdpStream.to(TestPolicies.ALWAYS);
                UdpStream never = UdpStream.to(TestPolicies.NEVER);
                OpenConnection connection = OpenConnection.to(TestPolicies.ALWAYS)) {
            always.awaitReceived(200);
            never.awaitReceived(200);
            daemon.enforce(TestPolicies.named("senders"));
            long passed = never.received();
            always.awaitReceived(always.received() + 1000);

            assertThat(connection.asks()).isTrue();
            assertThat(connection.answers()).isTrue();
            always.stop();
            never.stop();
            assertThat(always.received()).as("packets lost").isEqualTo(always.sent());
            assertThat(never.received()).as("at most what was under way").isLessThan(passed + 50);
        }
    }

    @Test
    void aRelabelledPodIsAnother() throws Exception {
        daemon.enforce(B_ACCEPTS_A);
        try (OpenConnection connection = OpenConnection.to(PORT)) {
            assertThat(connection.asks()).isTrue();
            label(Map.of("app", "c"));
            assertThat(connection.asks()).as("denied now").isFalse();
        }
        label(Map.of("app", "a"));
        try (OpenConnection connection = OpenConnection.to(PORT)) {
            assertThat(connection.asks()).as("allowed again").isTrue();
        }
    }

    /** Relabelled, a pod is selected by other policies too: what is open then goes on where they allow it. */
    @Test
    void aPodThatIsIsolatedByALabelKeepsWhatIsAllowed() throws Exception {
        daemon.enforce(Sentence.rules("quiet reaches nothing", "quiet accepts nothing", "a accepts nothing"));
        try (OpenConnection connection = OpenConnection.to(PORT)) {
            assertThat(connection.answers()).isTrue();
            daemon.enforce(Sentence.rules("quiet reaches all at b", "quiet accepts nothing"));
            label(Map.of("app", "quiet"));
            assertThat(connection.answers()).isTrue();
            assertThat(connection.asks()).isTrue();
            daemon.enforce(Sentence.rules("quiet reaches nothing", "quiet accepts nothing"));
            assertThat(connection.answers()).as("denied now").isFalse();
        }
    }

    @Test
    void aRelabelledNamespaceIsAnother() throws Exception {
        namespace(Map.of("team", "red"));
        daemon.enforce(bAcceptsTeamRed());
        try (OpenConnection connection = OpenConnection.to(PORT)) {
            assertThat(connection.asks()).isTrue();
            namespace(Map.of("team", "blue"));
            assertThat(connection.asks()).as("denied now").isFalse();
        }
        namespace(Map.of("team", "red"));
        try (OpenConnection connection = OpenConnection.to(PORT)) {
            assertThat(connection.asks()).as("allowed again").isTrue();
        }
    }

    @Test
    void aPeerIsPendingUntilItsIdentityComes() throws Exception {
        isElsewhere(TwoPods.A, LIKE_A);
        daemon.enforce(B_ACCEPTS_A);
        try (OpenConnection.Attempt attempt = OpenConnection.attempt(PORT)) {
            assertThat(attempt.succeeds()).as("pending").isFalse();
            peers().identity(LIKE_A);
            daemon.settle();
            assertThat(attempt.succeeds()).isTrue();
        }
    }

    @Test
    void anAddressThatAnotherPodTakesOverInheritsNoConnection() throws Exception {
        peers().identity(LIKE_A);
        peers().identity(ANOTHER);
        isElsewhere(TwoPods.A, LIKE_A);
        daemon.enforce(B_ACCEPTS_A);
        try (OpenConnection connection = OpenConnection.to(PORT)) {
            assertThat(connection.asks()).isTrue();
            isElsewhere(TwoPods.A, ANOTHER);
            daemon.settle();
            assertThat(connection.asks()).isFalse();
        }
    }

    @Test
    void anAddressThatTwoNodesClaimIsNobodys() throws Exception {
        peers().identity(LIKE_A);
        peers().identity(ANOTHER);
        isElsewhere(TwoPods.A, LIKE_A);
        daemon.enforce(B_ACCEPTS_A);
        try (OpenConnection connection = OpenConnection.to(PORT)) {
            assertThat(connection.asks()).isTrue();
            peers().claims("three", Map.of(Address.parse(TwoPods.A.address()), ANOTHER.hash()));
            daemon.settle();
            assertThat(connection.asks()).as("in conflict").isFalse();
        }
        peers().claims("three", Map.of());
        daemon.settle();
        try (OpenConnection connection = OpenConnection.to(PORT)) {
            assertThat(connection.asks()).as("settled").isTrue();
        }
    }

    @Test
    void aNodeStateThatIsDeletedLeavesItsPolicyInForce() throws Exception {
        int revision = daemon.enforce(B_ACCEPTS_A);
        daemon.world().nodeStateGone("n1");
        label(Map.of("app", "c"));
        assertThat(daemon.settle()).as("a daemon that goes on").isGreaterThanOrEqualTo(revision);
        try (OpenConnection.Attempt attempt = OpenConnection.attempt(PORT)) {
            assertThat(attempt.succeeds()).as("from another pod").isFalse();
            label(Map.of("app", "a"));
            assertThat(attempt.succeeds()).isTrue();
        }
    }

    private Peers peers() {
        return daemon.world().peers();
    }

    /** A pod of another node has this address: what it sends is judged where it arrives, and only there. */
    private void isElsewhere(TwoPods.Pod pod, Identity identity) {
        daemon.forgets(pod);
        peers().claims("two", Map.of(Address.parse(pod.address()), identity.hash()));
    }

    private void label(Map<String, String> labels) {
        daemon.world().pods().pod(new OwnPod("shop", "a", "uid-a", labels, List.of(), "", false, false));
        daemon.settle();
    }

    private void namespace(Map<String, String> labels) {
        peers().namespace("shop", labels);
        if (daemon.world().sets().inForce() > 0) {
            daemon.settle();
        }
    }

    private static List<Rule> bAcceptsTeamRed() {
        LabelSelector red =
                new LabelSelector(List.of(new Requirement("team", Requirement.Operator.IN, List.of("red"))));
        List<Rule> rules = new ArrayList<>(Sentence.rules("b accepts nothing"));
        rules.add(new Rule(
                new Origin("NetworkPolicy", "shop", "red", 1, "spec.ingress[0]"),
                Direction.INGRESS,
                new Subject(
                        "shop",
                        new LabelSelector(List.of(new Requirement("app", Requirement.Operator.IN, List.of("b"))))),
                Tier.NETWORK_POLICY,
                0,
                Action.ACCEPT,
                List.of(new Peer.Pods(red, "shop", new LabelSelector(List.of()))),
                List.of()));
        return rules;
    }
}
