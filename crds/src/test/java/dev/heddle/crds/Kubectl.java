package dev.heddle.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The real kubectl that belongs to the API server of the tests: what a user would type. */
final class Kubectl {

    static final Path CONFIG = Path.of("../config");

    private final Path binary;
    private final Path kubeConfig;

    Kubectl(String kubeConfigYaml, Path scratch) throws IOException {
        kubeConfig = Files.writeString(scratch.resolve("kubeconfig"), kubeConfigYaml);
        String versions = System.getenv("KUBE_API_TEST_DIR");
        assertThat(versions)
                .as("KUBE_API_TEST_DIR; run: eval \"$(hack/env.sh)\"")
                .isNotNull();
        try (Stream<Path> found = Files.list(Path.of(versions, "k8s"))) {
            binary = found.map(version -> version.resolve("kubectl"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What a finished command said. */
    record Said(int exit, String text) {}

    Said run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(binary.toString(), "--kubeconfig", kubeConfig.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    /** Runs a command that must succeed. */
    String ok(String... arguments) throws IOException, InterruptedException {
        Said said = run(arguments);
        assertThat(said.exit()).as(said.text()).isZero();
        return said.text();
    }
}
