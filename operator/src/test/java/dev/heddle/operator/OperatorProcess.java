package dev.heddle.operator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that runs an {@link ElectedOperator}; what it says is in {@code target/IDENTITY.log}. */
final class OperatorProcess implements AutoCloseable {

    final String identity;
    private final Process process;

    OperatorProcess(Path kubeConfig, String identity, Duration lease) throws IOException {
        this.identity = identity;
        process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ElectedOperator.class.getName(),
                        kubeConfig.toString(),
                        identity,
                        lease.toString()))
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", identity + ".log").toFile())
                .start();
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
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
