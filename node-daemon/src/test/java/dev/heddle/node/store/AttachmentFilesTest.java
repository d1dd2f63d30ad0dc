package dev.heddle.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.desired.OwnPod;
import dev.heddle.node.desired.PodInterface;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentFilesTest {

    private static final OwnPod POD = new OwnPod(
            "shop",
            "web",
            "u1",
            Map.of("app", "web"),
            List.of(new NamedPort("http", Protocol.TCP, 80)),
            "10.244.1.7",
            false,
            false);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"10.244.1.7", "fd00:244:1::7", "10.244.1.7 fd00:244:1::7"})
    void whatIsWrittenIsReadByTheNextDaemon(String addresses) {
        PodInterface attached = attached(addresses);
        AttachmentFiles.in(folder).write(attached, POD);

        assertThat(AttachmentFiles.in(folder).read()).containsExactly(new AttachmentFiles.Kept(attached, POD));

        AttachmentFiles.in(folder).remove(attached);
        assertThat(AttachmentFiles.in(folder).read()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadSpoilsNoOther() throws IOException {
        Files.writeString(folder.resolve("old.json"), "{\"attached\":{\"address\":{\"bits\":1}}}");
        AttachmentFiles.in(folder).write(attached("fd00::1"), POD);

        assertThat(AttachmentFiles.in(folder).read()).hasSize(1);
    }

    private static PodInterface attached(String addresses) {
        PodAddresses parsed = PodAddresses.of(
                Stream.of(addresses.split(" ")).map(Address::parse).toList());
        return new PodInterface("s1", "eth0", "shop", "web", "u1", 7, "veth7", parsed, "020000000007", "/run/netns/s1");
    }
}
