package dev.heddle.node.cni;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole chain as a runtime drives it: derived configuration, bridge plugin, our plugin, socket. */
@Tag("netns")
class CnitoolTest {
    private final FakePodNetwork network = new FakePodNetwork();
    private final CniNode node;
    private final CniServer server;

    CnitoolTest(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("cni.sock");
        node = new CniNode(folder);
        server = CniServer.listen(socket, network);
        var installer = new CniInstaller(node.binDir, node.confDir, new PluginSettings(socket.toString(), 2));
        installer.installBinary();
        installer.installConflist();
    }

    @BeforeEach
    void noPodYet() {
        assertThat(network.asked).isEmpty();
    }

    @AfterEach
    void close() {
        server.close();
        node.cnitool("del"); // the runtime's cache of results forgets it
        node.close();
    }

    @Test
    void addCheckDel() throws IOException {
        CniNode.Run add = node.cnitool("add").orFail();

        assertThat(add.json().path("cniVersion").asText()).isEqualTo("1.1.0");
        assertThat(add.json().path("ips").path(0).path("address").asText()).isEqualTo("10.99.0.2/24");
        assertThat(network.asked).singleElement().isInstanceOfSatisfying(Attachment.class, pod -> {
            assertThat(pod.pod()).isEqualTo(new PodRef("shop", "web-1", "u-1"));
            assertThat(pod.id().ifName()).isEqualTo("eth0");
            assertThat(pod.netns()).isEqualTo(Path.of("/run/netns/heddle-cni-pod"));
            assertThat(pod.addresses()).containsExactly(InetAddress.ofLiteral("10.99.0.2"));
            assertThat(pod.hostDevices()).anyMatch(device -> node.hasVeth(device.name()));
        });

        node.cnitool("check").orFail();
        assertThat(network.asked).hasSize(2);
        node.cnitool("status").orFail();
        assertThat(network.asked).hasSize(3);
        node.cnitool("del").orFail();
        assertThat(network.asked).hasSize(4).last().isInstanceOf(AttachmentId.class);
    }

    /** cnitool's gc names no valid attachments; taking that for "none is valid" would unprotect every pod. */
    @Test
    void gcWithoutAListForgetsNobody() {
        assertRefused(node.cnitool("gc"), "GC without cni.dev/valid-attachments");
        assertThat(network.asked).isEmpty();
    }

    @Test
    void withoutTheDaemonAddFailsToBeTriedAgainAndDelSucceeds() {
        server.close();

        assertRefused(node.cnitool("add"), "the node daemon is not there");
        node.cnitool("del").orFail();
    }

    @Test
    void aPodWhosePolicyIsNotInForceDoesNotStart() {
        network.next = new CompletableFuture<>();
        network.awaits = "pod shop/web-1 to be seen";

        assertRefused(node.cnitool("add"), "timed out after 2 s waiting for pod shop/web-1 to be seen");
    }

    /** cnitool prints an error as its message and details, without the code. */
    private static void assertRefused(CniNode.Run run, String message) {
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output()).contains(message);
    }
}
