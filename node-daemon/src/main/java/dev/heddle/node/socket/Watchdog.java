package dev.heddle.node.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes connections whose time is up, so that no caller holds a server. Usable from any thread. */
public final class Watchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final ScheduledExecutorService timer;

    /** One whose only thread has this name, and starts with the first connection. */
    public Watchdog(String thread) {
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(thread).daemon().factory());
    }

    /** Closes the connection after this time, unless the result is cancelled before. */
    public Future<?> bound(SocketChannel connection, Duration time) {
        return timer.schedule(() -> close(connection), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void close(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("closing a late connection", e);
        }
    }

    /** What is bound stays open from now on. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
