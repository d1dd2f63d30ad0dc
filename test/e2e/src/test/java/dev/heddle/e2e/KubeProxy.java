package dev.heddle.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real kube-proxy on a node: a process in the node's network namespace, which it finds through a process there. Its rules are
 * gone when it is closed. Works where the nodes run on this machine.
 */
final class KubeProxy implements AutoCloseable {

    /** How it translates; each with the command that shows how. */
    enum Mode {
        NFTABLES("nft list table ip kube-proxy"),
        IPTABLES("iptables-save -t nat");

        private final String rules;

        Mode(String rules) {
            this.rules = rules;
        }
    }

    private static final long LIMIT_SECONDS = 60;

    private final Mode mode;
    private final String node;
    private final Path network;
    private final Path log;
    private final Process process;

    /**
     * Starts it.
     *
     * @param beside a process in the node's network namespace
     * @param log where it writes what it says
     */
    KubeProxy(Mode mode, String node, ProcessHandle beside, Path log) {
        this.mode = mode;
        this.node = node;
        this.log = log;
        this.network = Path.of("/proc/" + beside.pid() + "/ns/net");
        this.process = start(
                log,
                inNetwork(
                        "kube-proxy",
                        "--proxy-mode=" + mode.name().toLowerCase(Locale.ROOT),
                        "--hostname-override=" + node,
                        "--kubeconfig=" + System.getenv("KUBECONFIG"),
                        "--healthz-bind-address=",
                        // The machine's own limits of connection tracking stay as they are.
                        "--conntrack-max-per-core=0",
                        "--conntrack-tcp-timeout-established=0",
                        "--conntrack-tcp-timeout-close-wait=0"));
    }

    /** Whether it runs and its rules name a port. */
    boolean knows(int port) {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "kube-proxy on " + node + " ended with " + process.exitValue() + "; it said: " + said());
        }
        return run(mode.rules.split(" ")).contains(Integer.toString(port));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        run("kube-proxy", "--cleanup");
    }

    private String run(String... command) {
        try {
            Process once = new ProcessBuilder(inNetwork(command))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(once.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!once.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                once.destroyForcibly();
                throw new IllegalStateException("not within " + LIMIT_SECONDS + " s: " + String.join(" ", command));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + String.join(" ", command), e);
        }
    }

    private String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(Path log, List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("kube-proxy could not be started; hack/env.sh puts it on the PATH", e);
        }
    }

    private List<String> inNetwork(String... command) {
        return Stream.concat(Stream.of("nsenter", "--net=" + network), Stream.of(command))
                .toList();
    }
}
