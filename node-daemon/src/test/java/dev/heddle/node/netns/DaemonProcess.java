package dev.heddle.node.netns;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The daemon that ships, as a process with the flags of its image; what it says is in {@code target/daemon.log}. */
record DaemonProcess(Process process, int port, HttpClient http) implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;
    private static final long LOOK_MILLIS = 20;

    /**
     * Starts it; it installs no CNI configuration and translates no services.
     *
     * @param state its folder
     * @param kubeConfig how it reaches the API server
     */
    static DaemonProcess start(Path state, String kubeConfig, String node) throws IOException {
        Path config = Files.writeString(state.resolve("kubeconfig"), kubeConfig);
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("java.options").toAbsolutePath()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.heddle.node.Main"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "daemon.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "KUBECONFIG", config.toString(),
                        "NODE_NAME", node,
                        "HEDDLE_CNI_CHAINING", "false",
                        "HEDDLE_SERVICES", "false",
                        "HEDDLE_PINS", TestPins.FOLDER.toString(),
                        "HEDDLE_STATE", state.toString(),
                        "HEDDLE_CNI_RESULTS", state.toString(),
                        "HEDDLE_PORT", Integer.toString(port)));
        return new DaemonProcess(builder.start(), port, HttpClient.newHttpClient());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Waits until a metric is at least so much. */
    void await(String metric, double atLeast) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (metric(metric) < atLeast) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        metric + " is " + metric(metric) + ", not yet " + atLeast + "; see target/daemon.log");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** A metric without labels; -1 while the daemon does not say. */
    double metric(String name) throws InterruptedException {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }

    /** A line of {@code smaps_rollup}. */
    double mebibytes(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup")).stream()
                        .filter(line -> line.startsWith(field + ":"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        http.close();
    }
}
