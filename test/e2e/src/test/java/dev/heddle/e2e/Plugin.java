package dev.heddle.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** {@code kubectl heddle} as the build makes it, run as a user of the cluster runs it. */
final class Plugin {

    private static final Path PROGRAM = Path.of("../../cli/target/kubectl-heddle");
    private static final long LIMIT_SECONDS = 60;
    /** The common pool may have one thread, and both outputs are read at once. */
    private static final Executor READERS = reader -> Thread.ofVirtual().start(reader);

    private Plugin() {}

    /** What a command did. */
    record Outcome(int exit, String out, String err) {

        /** An answer to {@code -o json}. */
        JsonNode json() {
            try {
                return new JsonMapper().readTree(out);
            } catch (IOException e) {
                throw new UncheckedIOException(this.toString(), e);
            }
        }
    }

    static Outcome run(String... words) {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException(
                    PROGRAM + " is not there; hack/up.sh builds it, and so does ./mvnw package");
        }
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command).start();
            CompletableFuture<String> err =
                    CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), READERS);
            CompletableFuture<String> out =
                    CompletableFuture.supplyAsync(() -> text(process.getInputStream()), READERS);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("not within " + LIMIT_SECONDS + " s: " + String.join(" ", command));
            }
            return new Outcome(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(java.io.InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
