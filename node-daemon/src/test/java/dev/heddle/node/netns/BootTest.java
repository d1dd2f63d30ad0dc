package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.apply.BpfKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The node boots: its kernel forgets everything, and the folder, which is on a disk here, keeps what another boot left. Pods keep
 * their names and addresses; pod c's device has the name and the number that it had before.
 */
@Tag("netns")
@NullUnmarked
class BootTest extends NewPod {

    @Test
    void nothingOfBeforeIsTrusted() throws Exception {
        admit(TwoPods.C);
        assertPolicyFromTheFirstPacket();
        awaitKept();
        int number = TwoPods.C.ifindex();
        boot();
        TwoPods.comes(TwoPods.C, number);
        startDaemon(withoutServer());

        assertThat(filesOfOneBoot()).as("files of the boot before").isEmpty();
        assertThat(TestPins.links())
                .as("links to devices of that boot's numbers")
                .isEmpty();
        TwoPods.comes(TwoPods.B);
        assertRefused(node.add(TwoPods.C, 12), "timed out after 12 s waiting for the API server's lists");

        daemon.kill();
        startDaemon();
        assertAdmitted(node.add(TwoPods.B));
        assertAdmitted(node.add(TwoPods.C));
        assertPolicyFromTheFirstPacket();
    }

    private void boot() throws Exception {
        daemon.kill();
        List.of(TwoPods.B, TwoPods.C).forEach(TwoPods::goes);
        BpfKernel.removeAll(TestPins.FOLDER);
        Files.writeString(folder.resolve("boot-id"), "6d0c5b31-0000-4000-8000-000000000000");
    }

    private List<Path> filesOfOneBoot() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> Stream.of("attachments", "plans", "sets", "world")
                            .anyMatch(of -> file.startsWith(folder.resolve(of))))
                    .toList();
        }
    }
}
