package dev.heddle.node.netns;

import java.io.IOException;
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
     * Starts it.
     *
     * @param state its folder
     * @param kubeConfig how it reaches the API server
     */
    static DaemonProcess start(Path state, String kubeConfig, String node) throws IOException {
        Map<String, String> environment = NodeProcess.environment(state, kubeConfig, node);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("java.options").toAbsolutePath()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.heddle.node.Main"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "daemon.log").toFile());
        builder.environment().putAll(environment);
        int port = Integer.parseInt(environment.getOrDefault(NodeProcess.PORT, ""));
        return new DaemonProcess(builder.start(), port, HttpClient.newHttpClient());
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
