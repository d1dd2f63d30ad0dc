package dev.heddle.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A process that runs the operator; what it says is in {@code target/IDENTITY.log}. */
public final class OperatorProcess implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern LISTENS = Pattern.compile("Listening on: (http://[0-9.:]+)");

    final String identity;
    private final Path log;
    private final Process process;

    /** Runs an {@link ElectedOperator}. */
    OperatorProcess(Path kubeConfig, String identity, Duration lease) throws IOException {
        this(
                identity,
                new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ElectedOperator.class.getName(),
                        kubeConfig.toString(),
                        identity,
                        lease.toString())));
    }

    private OperatorProcess(String identity, ProcessBuilder builder) throws IOException {
        this.identity = identity;
        log = Path.of("target", identity + ".log");
        process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /**
     * Runs what ships, as its image does, if the property {@code heddle.operator.app} names the folder that the build
     * made of it; otherwise an {@link ElectedOperator}.
     */
    public static OperatorProcess shipped(Path kubeConfig, String identity, Duration lease) throws IOException {
        String app = System.getProperty("heddle.operator.app", "");
        return app.isEmpty()
                ? new OperatorProcess(kubeConfig, identity, lease)
                : shipped(Path.of(app), kubeConfig, identity, lease);
    }

    /** Runs what ships, from the folder that {@code ./mvnw package} made of it. */
    static OperatorProcess packaged(Path kubeConfig, String identity, Duration lease) throws IOException {
        Path app = Path.of("target/quarkus-app");
        if (!Files.isDirectory(app)) {
            throw new IllegalStateException(app + " is not there; ./mvnw package builds it");
        }
        return shipped(app, kubeConfig, identity, lease);
    }

    private static OperatorProcess shipped(Path app, Path kubeConfig, String identity, Duration lease)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "@" + Path.of("java.options").toAbsolutePath(),
                "-jar",
                app.resolve("quarkus-run.jar").toString()));
        builder.environment()
                .putAll(Map.of(
                        "KUBECONFIG",
                        kubeConfig.toString(),
                        "POD_NAMESPACE",
                        RunningOperator.NAMESPACE,
                        "POD_NAME",
                        identity,
                        "HEDDLE_LEASE",
                        lease.toSeconds() + "s",
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1",
                        "QUARKUS_HTTP_PORT",
                        "0"));
        return new OperatorProcess(identity, builder);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    boolean said(String text) throws IOException {
        return Files.readString(log).contains(text);
    }

    /** What one that ships has logged so far. */
    List<JsonNode> entries() throws IOException {
        String text = Files.readString(log);
        List<JsonNode> entries = new ArrayList<>();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            entries.add(JSON.readTree(line));
        }
        return entries;
    }

    /** What one that ships answers at a path of its HTTP port, which it chooses itself and logs. */
    HttpResponse<String> get(String path) throws Exception {
        Api.await("it listens", () -> address().isPresent());
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address().orElseThrow() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private Optional<String> address() throws IOException {
        return LISTENS.matcher(Files.readString(log))
                .results()
                .map(found -> found.group(1))
                .findFirst();
    }

    /** As the kernel kills, without a last word. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Stops it in the middle of whatever it does, as a machine that is swapping or suspended would. */
    void suspend() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    /** Waits for it to end by itself. */
    boolean ends(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void signal(String name) throws Exception {
        Signal.send(name, process.toHandle());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
