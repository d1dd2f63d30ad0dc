package dev.heddle.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrdYamlTest {

    static final Path COMMITTED = Path.of("../config/crd");

    @Test
    void theCommittedSchemasAreThoseOfTheRecords(@TempDir Path scratch) throws IOException {
        SortedMap<String, String> generated = CrdYaml.generate(scratch);
        assertThat(generated).hasSameSizeAs(CrdYaml.KINDS);
        if (Boolean.getBoolean("heddle.regenerate")) {
            write(generated);
        }

        assertThat(committed())
                .as("config/crd is not what the records say. Run: ./mvnw -pl crds -am test "
                        + "-Dsurefire.failIfNoSpecifiedTests=false -Dtest=CrdYamlTest "
                        + "-Dheddle.argLine=-Dheddle.regenerate=true")
                .isEqualTo(generated);
    }

    private static void write(SortedMap<String, String> generated) throws IOException {
        Files.createDirectories(COMMITTED);
        for (Map.Entry<String, String> file : generated.entrySet()) {
            Files.writeString(COMMITTED.resolve(file.getKey()), file.getValue());
        }
    }

    private static SortedMap<String, String> committed() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(COMMITTED)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("kustomization.yaml")) {
                    files.put(name, Files.readString(file));
                }
            }
        }
        return files;
    }
}
