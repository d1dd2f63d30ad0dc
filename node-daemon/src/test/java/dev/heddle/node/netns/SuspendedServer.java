package dev.heddle.node.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** The API server of the test takes connections and says nothing until this is closed, as when its machine is out of reach. */
final class SuspendedServer implements AutoCloseable {

    private final ProcessHandle server = ProcessHandle.current()
            .descendants()
            .filter(process -> Stream.of(process.info().arguments().orElse(new String[0]))
                    .anyMatch(argument -> argument.startsWith("--etcd-servers")))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no API server is a child of this process"));

    SuspendedServer() {
        signal("STOP");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(server.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while signalling the API server", e);
        }
    }

    @Override
    public void close() {
        signal("CONT");
    }
}
