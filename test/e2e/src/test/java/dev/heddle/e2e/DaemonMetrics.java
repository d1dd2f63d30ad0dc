package dev.heddle.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a daemon says of itself at {@code /metrics}. It listens on its node's loopback alone, so the question is asked
 * from inside its network namespace; that works where the nodes run on this machine.
 *
 * @param daemon the process to ask
 */
record DaemonMetrics(LocalProcess daemon) {

    private static final int PORT = 9441;

    /** Packets that pods of the node sent and that were dropped for this reason. */
    double droppedFromPods(String reason) {
        return value("heddle_packets_total{direction=\"egress\",reason=\"" + reason + "\"}");
    }

    /** The value of a metric without labels; NaN while it is not there. */
    double value(String name) {
        return text().lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private String text() {
        String request =
                "exec 3<>/dev/tcp/127.0.0.1/" + PORT + " && printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3";
        String pid = Long.toString(daemon.handle().pid());
        try {
            Process process = new ProcessBuilder("nsenter", "--target", pid, "--net", "bash", "-c", request)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
