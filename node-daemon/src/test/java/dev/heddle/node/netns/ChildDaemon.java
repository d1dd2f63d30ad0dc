package dev.heddle.node.netns;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A daemon in a process of its own, so that it can die. It takes commands and gives answers, line by line. */
final class ChildDaemon implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;

    private ChildDaemon(Process process) {
        this.process = process;
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ChildDaemon start(Class<?> main, String... arguments) throws IOException {
        return start(main, ProcessBuilder.Redirect.DISCARD, Map.of(), arguments);
    }

    /**
     * Starts one with its log and environment.
     *
     * @param log where what it says goes
     * @param environment besides this process's own
     */
    static ChildDaemon start(
            Class<?> main, ProcessBuilder.Redirect log, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log);
        builder.environment().putAll(environment);
        return new ChildDaemon(builder.start());
    }

    void tell(String commands) throws IOException {
        process.getOutputStream().write((commands + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Its answer; empty when it died before. */
    Optional<String> ask(String command) throws IOException {
        tell(command);
        return Optional.ofNullable(answers.readLine());
    }

    /** Waits until it has died by itself. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
