package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pod c is new while the API server is away, or before an operator has told of its namespace. */
@Tag("netns")
@NullUnmarked
class NewPodWithoutServerTest extends NewPod {

    /** The sandbox of a pod that the daemon before knew is made anew, and the API server is away. */
    @Test
    void isAdmittedByADaemonThatStartsWithoutTheApiServerIfTheLastOneKnewIt() throws Exception {
        objects.pod(TwoPods.C);
        awaitKept();
        daemon.kill();
        startDaemon(withoutServer());
        TwoPods.comes(TwoPods.C);
        TwoPods.comes(TwoPods.D);

        assertAdmitted(node.add(TwoPods.C));
        assertPolicyFromTheFirstPacket();
        assertRefused(node.add(TwoPods.D, 2), "timed out after 2 s waiting for pod shop/d to appear");

        daemon.kill();
        startDaemon();
        objects.pod(TwoPods.D);
        assertAdmitted(node.add(TwoPods.D));
        assertPolicyFromTheFirstPacket();
    }

    /** Other nodes cannot hear of it then, to whom it is pending; its own node knows all that protects it. */
    @Test
    void waitsTenSecondsAndNoLongerForOtherNodesToHearOfItWhileTheApiServerIsAway() throws Exception {
        objects.pod(TwoPods.C);
        awaitKept();
        TwoPods.comes(TwoPods.C);
        long began = System.nanoTime();
        try (SuspendedServer _ = new SuspendedServer()) {
            assertRefused(
                    node.add(TwoPods.C, 2),
                    "timed out after 2 s waiting for address 10.199.77.4 to be published in NodeEndpoints one");
            assertAdmitted(node.add(TwoPods.C));
            assertThat(System.nanoTime() - began).isBetween(TimeUnit.SECONDS.toNanos(12), TimeUnit.SECONDS.toNanos(25));
            assertPolicyFromTheFirstPacket();
        }
    }

    /** What is kept is never older than what is in force: a change makes it worthless until it is written anew. */
    @Test
    void waitsForTheApiServerWhenSomethingChangedLast() throws Exception {
        objects.pod(TwoPods.C);
        awaitKept();
        objects.pod(TwoPods.D);
        await(() -> keptAt() == 0);
        daemon.kill();
        startDaemon(withoutServer());
        TwoPods.comes(TwoPods.C);

        assertRefused(node.add(TwoPods.C, 10), "timed out after 10 s waiting for the API server's lists");
    }

    /** No operator has told of the namespace, nor of the cluster: the daemon reads what the users wrote, and nobody waits. */
    @Test
    void isUnderItsPolicyAlthoughThereIsNoOperator() throws Exception {
        daemon.kill();
        objects.noHeads();
        try {
            objects.written("c", "b", OPEN);
            startDaemon();
            assertAdmitted(node.add(TwoPods.B));
            admit(TwoPods.C);
            assertPolicyFromTheFirstPacket();
        } finally {
            objects.nothingWritten();
            objects.policy(POLICY);
        }
    }

    /** The same while the operator tells of it: what holds does not change, and from then on its word counts. */
    @Test
    void followsTheOperatorWhenItComes() throws Exception {
        daemon.kill();
        objects.noHeads();
        startDaemon();
        assertAdmitted(node.add(TwoPods.B));
        admit(TwoPods.C);
        try (UdpStream denied = UdpStream.between(TwoPods.C, TwoPods.B, CLOSED)) {
            denied.awaitReceived(100); // no policy was written, so all is open

            objects.policy(POLICY);
            await(() -> {
                long before = denied.received();
                long sent = denied.sent();
                await(() -> denied.sent() > sent + 100);
                return denied.received() == before;
            });
        } finally {
            objects.policy(POLICY);
        }
        assertPolicyFromTheFirstPacket();
    }
}
