package dev.heddle.node.cni;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** One run of the real plugin, as a runtime makes it. */
public record PluginRun(int exitCode, String output) {
    static final Path PLUGIN = Path.of("target/cni/heddle-cni").toAbsolutePath();

    /**
     * Runs it to its end.
     *
     * @param config standard input
     */
    public static PluginRun of(String command, Map<String, String> environment, String config) {
        try {
            Path input = Files.createTempFile("cni", ".json");
            Files.writeString(input, config);
            ProcessBuilder builder = new ProcessBuilder(PLUGIN.toString());
            builder.environment().put("CNI_COMMAND", command);
            builder.environment().putAll(environment);
            Process process = builder.redirectInput(input.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            Files.delete(input);
            return new PluginRun(exitCode, output);
        } catch (IOException e) {
            throw new AssertionError("the plugin does not run", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    JsonNode json() {
        try {
            return RequestParser.JSON.readTree(output);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + output, e);
        }
    }
}
