package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.node.apply.BpfKernel;
import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MapSpec;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A daemon whose programs the kernel refuses, an upgrade say, leaves everything that an earlier one put into force. */
@Tag("netns")
class RefusalTest {

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

    @Test
    void theOldPolicyStaysAndTheRefusalSaysWhatToDo() throws Exception {
        try (SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER)) {
            daemon.enforce(TestPolicies.named("senders"));
        }
        try (UdpStream always = UdpStream.to(TestPolicies.ALWAYS);
                UdpStream never = UdpStream.to(TestPolicies.NEVER)) {
            haveTheProgramsRefused();

            assertThatThrownBy(() -> BpfKernel.adopt(TestPins.FOLDER, Optional.empty()))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("refuses Heddle's program from_pod")
                    .hasMessageContaining("Linux 5.10 or newer")
                    .hasMessageContaining("invalid access to map value");

            always.awaitReceived(always.received() + 1000);
            always.stop();
            never.stop();
            assertThat(always.received()).as("packets lost").isEqualTo(always.sent());
            assertThat(never.sent()).isPositive();
            assertThat(never.received()).as("packets that passed by").isZero();
        }
    }

    /** No program of this build is loaded yet, and one table is not what the programs expect. */
    private static void haveTheProgramsRefused() throws IOException {
        BpfKernel.removeAll(TestPins.FOLDER.resolve(Abi.HASH).resolve("programs"));
        Path flows = BpfKernel.pin(TestPins.FOLDER, KernelMap.CONNTRACK4);
        Files.delete(flows);
        try (BpfMap narrow = BpfMap.create(MapSpec.hash("conntrack4", 16, 8, 16))) {
            narrow.pin(flows);
        }
    }
}
