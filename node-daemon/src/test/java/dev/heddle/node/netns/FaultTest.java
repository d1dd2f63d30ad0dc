package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.apply.BpfKernel;
import dev.heddle.node.ffm.layout.Abi;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A daemon dies at each operation on the kernel that a change takes, one after the other. Each time traffic goes on under the
 * policy before or the policy after, as a whole, and the next daemon finishes the work without taking anything off a device.
 */
@Tag("netns")
class FaultTest {

    /** From "senders": another policy, a pod made anew, one that is not known any more, a node address, a service. */
    private static final List<String> CHANGES = List.of("receivers", "another-peer");

    private TestPins pins;
    private TwoPods pods;
    private TestGroup group;

    @BeforeEach
    void up() throws IOException {
        pins = new TestPins();
        pods = TwoPods.up();
        group = new TestGroup();
        TwoPods.comes(TwoPods.C);
        TwoPods.comes(TwoPods.D);
    }

    @AfterEach
    void down() throws IOException {
        pods.close();
        pins.close();
        group.close();
    }

    @Test
    void aDaemonThatDiesAtAnyOperationLeavesAWholePolicy() throws Exception {
        Set<String> survived = new HashSet<>();
        try (ChildDaemon first = start()) {
            survived.addAll(operations(first.ask("senders 0").orElseThrow()));
            first.kill();
        }
        Map<String, Integer> attached = attached();
        try (UdpStream always = UdpStream.to(TestPolicies.ALWAYS);
                UdpStream never = UdpStream.to(TestPolicies.NEVER);
                PolicyProbe probe = new PolicyProbe()) {
            always.awaitReceived(100);
            for (String change : CHANGES) {
                int operation = 1;
                while (!diesAt(change, operation, survived, probe)) {
                    assertThat(links())
                            .as("after %s, died at %d", change, operation)
                            .containsAllEntriesOf(attached);
                    always.awaitReceived(always.received() + 200);
                    operation++;
                }
            }
            always.stop();
            never.stop();

            assertThat(never.received()).as("packets that passed by").isZero();
            assertThat(always.received()).as("packets lost").isEqualTo(always.sent());
        }
        assertThat(survived).as("operations of the port").isEqualTo(FaultyDaemon.operations());
    }

    /** Has a daemon finish the last one's work, and die while it makes a change. @return whether it needed no such operation */
    private boolean diesAt(String change, int operation, Set<String> survived, PolicyProbe probe) throws Exception {
        try (ChildDaemon daemon = start()) {
            assertThat(daemon.ask("senders 0")).isPresent();
            assertThat(probe.inForce()).isEqualTo("senders");
            TwoPods.goes(TwoPods.C);
            TwoPods.comes(TwoPods.C);
            Optional<String> answer = daemon.ask(change + " " + operation);
            if (answer.isPresent()) {
                survived.addAll(operations(answer.get()));
                daemon.kill();
                return true;
            }
            assertThat(daemon.exitCode()).isEqualTo(FaultyDaemon.KILLED);
            assertThat(probe.inForce())
                    .as("in force after %s died at %d", change, operation)
                    .isIn("senders", "receivers");
            return false;
        }
    }

    /** Pods are open at first. What the policy allows is never refused, and the next daemon puts all of it into force. */
    @Test
    void aDaemonThatDiesAtAnyOperationOfAFirstInstallationRefusesNothingThatIsAllowed() throws Exception {
        try (UdpStream always = UdpStream.to(TestPolicies.ALWAYS);
                PolicyProbe probe = new PolicyProbe()) {
            always.awaitReceived(100);
            for (int operation = 1; dies("senders", operation); operation++) {
                assertThat(probe.inForce()).as("died at %d", operation).contains("senders");
                finish();
                assertThat(probe.inForce()).isEqualTo("senders");
                always.awaitReceived(always.received() + 200);
                BpfKernel.removeAll(TestPins.FOLDER);
            }
            always.stop();
            assertThat(always.received()).as("packets lost").isEqualTo(always.sent());
        }
    }

    /**
     * The next one is of the new layout again, or of the one before. Between the links of two pods a packet from one to the
     * other is asked about by both layouts, so what only one of two policies allows may wait for the next daemon.
     */
    @Test
    void aDaemonThatDiesAtAnyOperationOfAChangeOfLayoutAllowsWhatBothPoliciesDoAndNothingThatNeitherDoes()
            throws Exception {
        finish();
        Map<String, Integer> attached = attached();
        try (UdpStream always = UdpStream.to(TestPolicies.ALWAYS);
                UdpStream never = UdpStream.to(TestPolicies.NEVER);
                PolicyProbe probe = new PolicyProbe()) {
            always.awaitReceived(100);
            String older = layout(1);
            TestPins.rename(Abi.HASH, older);
            for (int operation = 1; dies("receivers", operation); operation++) {
                assertThat(probe.inForce()).as("died at %d", operation).doesNotContain("neither");
                assertThat(links()).as("died at %d", operation).containsAllEntriesOf(attached);
                if (operation % 2 == 0 && TestPins.has(older)) {
                    TestPins.rename(Abi.HASH, layout(operation + 1000));
                    TestPins.rename(older, Abi.HASH);
                }
                finish();
                assertThat(probe.inForce()).isEqualTo("senders");
                assertThat(links()).as("after %d", operation).containsAllEntriesOf(attached);
                always.awaitReceived(always.received() + 200);
                older = layout(operation + 1);
                TestPins.rename(Abi.HASH, older);
            }
            always.stop();
            never.stop();
            assertThat(never.received()).as("packets that passed by").isZero();
            assertThat(always.received()).as("packets lost").isEqualTo(always.sent());
        }
    }

    /** Whether a daemon that makes this change gets as far as its n-th operation, and dies there. */
    private boolean dies(String change, int operation) throws Exception {
        try (ChildDaemon daemon = start()) {
            Optional<String> answer = daemon.ask(change + " " + operation);
            if (answer.isPresent()) {
                daemon.kill();
                return false;
            }
            assertThat(daemon.exitCode()).isEqualTo(FaultyDaemon.KILLED);
            return true;
        }
    }

    /** A daemon that does not die, and goes. */
    private void finish() {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER, Optional.of(group.folder()), kernel -> kernel)) {
            daemon.knows(TwoPods.C);
            daemon.knows(TwoPods.D);
            daemon.enforce(TestPolicies.named("senders"));
        }
    }

    private static String layout(int number) {
        return "%016x".formatted(number);
    }

    private ChildDaemon start() throws IOException {
        return ChildDaemon.start(
                FaultyDaemon.class, TestPins.FOLDER.toString(), group.folder().toString());
    }

    private static List<String> operations(String answer) {
        return Arrays.asList(answer.split(" ", -1));
    }

    private static Map<String, Integer> attached() {
        Map<String, Integer> links = links();
        assertThat(links)
                .as("both directions, as links")
                .containsKeys("from_pod-" + TwoPods.A.ifindex(), "to_pod-" + TwoPods.A.ifindex());
        return links;
    }

    /** But for those of the pod that is made anew. */
    private static Map<String, Integer> links() {
        Map<String, Integer> links = TestPins.links();
        links.keySet().removeIf(pin -> pin.endsWith("-" + TwoPods.C.ifindex()));
        return links;
    }
}
