package dev.heddle.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept belongs to one boot of the node. */
class StateFolderTest {

    @TempDir
    private Path folder;

    @Test
    void aRestartKeepsWhatIsThereAndABootDropsIt() throws IOException {
        Path state = folder.resolve("state");
        Path bootId = folder.resolve("boot_id");
        Files.writeString(bootId, "6d0c5b31\n");
        Path attachment = StateFolder.ofThisBoot(state, bootId).resolve("attachments/s1-eth0.json");
        Path plan = state.resolve("plans/0000000001.json");
        Path world = state.resolve("world/objects.gz");
        Path set = state.resolve("sets/0a1b.jsonl");
        Path socket = state.resolve("cni.sock");
        for (Path file : new Path[] {attachment, plan, world, set, socket}) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "{}");
        }

        StateFolder.ofThisBoot(state, bootId);
        assertThat(attachment).exists();
        assertThat(plan).exists();

        Files.writeString(bootId, "f7a1e9c2\n");
        StateFolder.ofThisBoot(state, bootId);
        assertThat(attachment).doesNotExist();
        assertThat(plan).doesNotExist();
        assertThat(world).doesNotExist();
        assertThat(set).doesNotExist();
        assertThat(socket).as("others' files").exists();

        StateFolder.ofThisBoot(state, bootId);
        Files.createDirectories(plan.getParent());
        Files.writeString(plan, "{}");
        StateFolder.ofThisBoot(state, bootId);
        assertThat(plan).as("of this boot").exists();
    }

    @Test
    void theKernelNamesTheBoot() {
        StateFolder.ofThisBoot(folder, StateFolder.BOOT_ID);
        assertThat(folder.resolve("boot-id")).content().matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }
}
