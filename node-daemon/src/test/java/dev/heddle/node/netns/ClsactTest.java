package dev.heddle.node.netns;

import static dev.heddle.node.apply.DeviceAttachment.CLSACT;
import static dev.heddle.node.netns.TestPolicies.IF_RECEIVERS;
import static dev.heddle.node.netns.TestPolicies.IF_SENDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.bpf.AttachType;
import dev.heddle.node.ffm.bpf.BpfProgram;
import dev.heddle.node.ffm.bpf.Instructions;
import dev.heddle.node.ffm.bpf.ProgramType;
import dev.heddle.node.ffm.netlink.BpfFilter;
import dev.heddle.node.ffm.netlink.TrafficControl;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where a kernel has no tcx, filters of clsact qdiscs do the same. */
@Tag("netns")
class ClsactTest {

    private static final int DROP = 2;

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

    /** Without traffic and processes of its own, since it also runs where processors are emulated. */
    @Test
    @Tag("kernels")
    void theNextDaemonAdoptsWhatIsAttachedFlipsItAndPutsBackWhatSomebodyTookAway() throws Exception {
        try (ServerSocketChannel one = listen(IF_SENDERS);
                ServerSocketChannel two = listen(IF_RECEIVERS);
                TrafficControl control = TrafficControl.open()) {
            try (SmallDaemon first = new SmallDaemon(TestPins.FOLDER, CLSACT)) {
                first.enforce(TestPolicies.named("senders"));
                assertThat(connects(one)).as("allowed").isTrue();
                assertThat(connects(two)).as("denied").isFalse();
            }
            List<BpfFilter> attached = ours();
            assertThat(attached).hasSize(4);
            assertThat(connects(two)).as("denied while no daemon runs").isFalse();

            try (SmallDaemon second = new SmallDaemon(TestPins.FOLDER, CLSACT)) {
                second.enforce(TestPolicies.named("receivers"));
                assertThat(ours()).as("adopted").isEqualTo(attached);
                assertThat(connects(two)).as("allowed now").isTrue();
                assertThat(connects(one)).as("denied now").isFalse();

                control.remove(attached.getFirst());
                assertThat(ours()).hasSize(3);
                second.audit();
                second.settle();
                assertThat(ours()).as("after an audit").hasSameElementsAs(attached);
            }
        }
    }

    @Test
    void flipsAndKilledDaemonsLoseNothingAndLetNothingBy() throws Exception {
        ChildDaemon first = start();
        assertThat(first.ask("senders")).hasValue("live 1");
        assertThat(ours()).hasSize(4);
        try (UdpStream always = UdpStream.to(TestPolicies.ALWAYS);
                UdpStream never = UdpStream.to(TestPolicies.NEVER)) {
            always.awaitReceived(100);
            for (int flip = 2; flip <= 5; flip++) {
                assertThat(first.ask(flip % 2 == 0 ? "receivers" : "senders")).hasValue("live " + flip);
            }
            List<BpfFilter> before = ours();
            first.kill();
            always.awaitReceived(always.received() + 50);
            assertThat(ours()).as("what outlives the daemon").isEqualTo(before);

            ChildDaemon second = start();
            assertThat(second.ask("receivers")).hasValue("live 6");
            assertThat(ours()).as("what was adopted").isEqualTo(before);
            always.awaitReceived(always.received() + 50);
            second.kill();
            always.stop();
            never.stop();

            assertThat(always.received()).as("packets lost").isEqualTo(always.sent());
            assertThat(never.sent()).isPositive();
            assertThat(never.received()).as("packets that passed by").isZero();
        }
    }

    @Test
    void othersProgramsHaveTheirSayAndStayAndAnAuditPutsBackWhatSomebodyTookAway() throws Exception {
        BpfFilter others = new BpfFilter(TwoPods.A.ifindex(), false, 7, 7, "somebody else's", 0);
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER, CLSACT);
                UdpStream always = UdpStream.to(TestPolicies.ALWAYS);
                TrafficControl control = TrafficControl.open();
                BpfProgram drops = BpfProgram.load(
                        "drops", ProgramType.SCHED_CLS, AttachType.OTHER, Instructions.returning(DROP))) {
            daemon.enforce(TestPolicies.named("senders"));
            always.awaitReceived(always.received() + 10);
            List<BpfFilter> attached = ours();

            drops.attach(control, others);
            Thread.sleep(100); // what was under way has arrived
            long reached = always.received();
            long sent = always.sent();
            while (always.sent() < sent + 50) {
                Thread.onSpinWait();
            }
            assertThat(always.received()).as("what the other one drops").isEqualTo(reached);
            control.remove(others);
            always.awaitReceived(reached + 10);

            control.remove(attached.getFirst());
            assertThat(ours()).hasSize(3);
            daemon.audit();
            daemon.settle();
            assertThat(ours()).isEqualTo(attached);

            drops.attach(control, others);
        }
        pins.close();
        pins = new TestPins();
        assertThat(ours()).as("Heddle is off this machine").isEmpty();
        assertThat(all()).extracting(BpfFilter::name).contains(others.name());
    }

    private static ServerSocketChannel listen(int port) {
        return TwoPods.B.inside(
                () -> ServerSocketChannel.open().bind(new InetSocketAddress(TwoPods.B.address(), port)));
    }

    private static boolean connects(ServerSocketChannel listener) {
        return TwoPods.A.inside(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(listener.getLocalAddress(), 2000);
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            }
        });
    }

    private static ChildDaemon start() throws IOException {
        return ChildDaemon.start(SmallDaemon.class, TestPins.FOLDER.toString(), CLSACT.name());
    }

    private static List<BpfFilter> ours() {
        return all().stream()
                .filter(filter -> filter.name().startsWith(TestPins.FOLDER.getFileName() + "/"))
                .toList();
    }

    private static List<BpfFilter> all() {
        try (TrafficControl control = TrafficControl.open()) {
            return control.filters();
        }
    }
}
