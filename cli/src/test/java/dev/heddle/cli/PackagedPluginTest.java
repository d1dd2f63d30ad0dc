package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.TestApi.Outcome;
import dev.heddle.cli.stage.ShopObjects;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin as {@code ./mvnw package} puts it together, found on the PATH by the real kubectl, and run by it. */
@Tag("apiserver")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false)
class PackagedPluginTest {

    private static final Path FOLDER = Path.of("target").toAbsolutePath();
    private static final String ESCAPE = "\033";
    private static final Map<String, String> PLAIN = Map.of();

    @KubeConfig
    static String kubeConfig;

    @TempDir
    static Path scratch;

    private static TestApi api;
    private static String path;

    @BeforeAll
    static void fill() throws Exception {
        assertThat(FOLDER.resolve("kubectl-heddle"))
                .as("./mvnw package builds it")
                .isExecutable();
        try (Stream<Path> versions = Files.list(Path.of(System.getenv("KUBE_API_TEST_DIR"), "k8s"))) {
            Path kubectl = versions.filter(version -> Files.isExecutable(version.resolve("kubectl")))
                    .findFirst()
                    .orElseThrow();
            path = String.join(File.pathSeparator, FOLDER.toString(), kubectl.toString(), System.getenv("PATH"));
        }
        api = new TestApi(kubeConfig, scratch);
        ShopObjects.all().forEach(api::createWithStatus);
    }

    @AfterAll
    static void close() {
        api.close();
    }

    @Test
    void kubectlFindsThePluginAndHandsItsAnswerAndExitCodeOn() throws Exception {
        Outcome status = run(PLAIN, "kubectl", "heddle", "status");
        assertThat(status.err()).isEmpty();
        assertThat(ageless(status)).isEqualTo(ageless(api.heddle("status")));
        assertThat(status.exit()).isEqualTo(api.heddle("status").exit());

        assertThat(run(PLAIN, "kubectl", "heddle", "explain", "shop/web-1", "shop-data/db-1")
                        .exit())
                .as("denied")
                .isEqualTo(1);
        assertThat(run(PLAIN, "kubectl", "heddle", "stat").exit()).as("misused").isEqualTo(3);
    }

    @Test
    void kubectlCompletesIt() throws Exception {
        assertThat(run(PLAIN, "kubectl", "__complete", "heddle", "st").out().lines())
                .satisfiesExactly(
                        word -> assertThat(word).startsWith("status\t"),
                        directive -> assertThat(directive).isEqualTo(":4"));
        assertThat(run(PLAIN, "kubectl", "__complete", "heddle", "explain", "shop/w")
                        .out()
                        .lines())
                .as("pods of the cluster")
                .contains("shop/web-1", ":4");
    }

    @Test
    void onlyATerminalSeesColours() throws Exception {
        String[] atTerminal = {"script", "--quiet", "--command", "kubectl heddle status", "/dev/null"};
        Outcome seen = run(PLAIN, atTerminal);
        Outcome piped = run(PLAIN, "kubectl", "heddle", "status");

        assertThat(seen.out()).contains(ESCAPE + "[");
        assertThat(piped.out()).doesNotContain(ESCAPE);
        assertThat(ageless(seen).replaceAll(ESCAPE + "\\[\\d+m", "").replace("\r", ""))
                .as("but for colours it is the same")
                .isEqualTo(ageless(piped));
        assertThat(run(Map.of("NO_COLOR", "1"), atTerminal).out())
                .as("to who wants none")
                .contains("node1")
                .doesNotContain(ESCAPE);
    }

    /** Time goes on between two answers. */
    private static String ageless(Outcome outcome) {
        return outcome.out().replaceAll("\\b\\d+s +", "AGE ");
    }

    private static Outcome run(Map<String, String> environment, String... command) throws Exception {
        Path out = Files.createTempFile(scratch, "out", "");
        Path err = Files.createTempFile(scratch, "err", "");
        ProcessBuilder builder = new ProcessBuilder("env", "PATH=" + path).redirectInput(new File("/dev/null"));
        builder.command().addAll(List.of(command));
        builder.environment().remove("NO_COLOR");
        builder.environment().putAll(environment);
        builder.environment().put("KUBECONFIG", scratch.resolve("kubeconfig").toString());
        int exit = builder.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Outcome(exit, Files.readString(out), Files.readString(err));
    }
}
