package dev.heddle.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingFilesTest {

    @TempDir
    Path folder;

    /** A mounted ConfigMap has links into a folder whose name begins with dots. */
    @Test
    void filesSayWhatTheEnvironmentDoesNot() throws IOException {
        Path data = Files.createDirectory(folder.resolve("..data"));
        for (String name : new String[] {"HEDDLE_SERVICES", "HEDDLE_PORT"}) {
            Files.writeString(data.resolve(name), name.equals("HEDDLE_PORT") ? "1\n" : "false\n");
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }

        Settings settings = Settings.of(SettingFiles.read(folder, Map.of("HEDDLE_PORT", "2", "NODE_NAME", "node1")));

        assertThat(settings.services()).isFalse();
        assertThat(settings.port()).as("the environment's").isEqualTo(2);
        assertThat(settings.chaining()).as("said by nobody").isTrue();
    }

    @Test
    void noFolderSaysNothing() throws IOException {
        assertThat(SettingFiles.read(folder.resolve("absent"), Map.of("NODE_NAME", "node1")))
                .isEqualTo(Map.of("NODE_NAME", "node1"));
    }
}
