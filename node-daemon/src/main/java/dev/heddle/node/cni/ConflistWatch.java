package dev.heddle.node.cni;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps our network configuration derived from the base's while the daemon runs. The folder's events make it quick, a
 * look every few seconds makes it certain. A process that ends leaves the configuration in place: pods that start while
 * the daemon is away then wait for it.
 */
public final class ConflistWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ConflistWatch.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final CniInstaller installer;
    private final Consumer<CniInstaller.Chaining> onChange;
    private final WatchService events;
    private CniInstaller.@Nullable Chaining last;
    private boolean closed;

    private ConflistWatch(CniInstaller installer, Consumer<CniInstaller.Chaining> onChange, WatchService events) {
        this.installer = installer;
        this.onChange = onChange;
        this.events = events;
    }

    /**
     * Installs the configuration now and follows the base's from then on.
     *
     * @param onChange told the state at first and whenever it differs, on the watching thread
     */
    public static ConflistWatch start(CniInstaller installer, Consumer<CniInstaller.Chaining> onChange) {
        try {
            Files.createDirectories(installer.confDir());
            WatchService events = installer.confDir().getFileSystem().newWatchService();
            installer
                    .confDir()
                    .register(
                            events,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
            ConflistWatch watch = new ConflistWatch(installer, onChange, events);
            watch.look();
            Thread.ofPlatform().name("cni-conflist").daemon().start(watch::run);
            return watch;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + installer.confDir() + " cannot be watched", e);
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = events.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
                look();
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // closed: the configuration stays
        }
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        try {
            CniInstaller.Chaining now = installer.installConflist();
            if (!sameState(now)) {
                onChange.accept(now);
            }
            last = now;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the network configuration is not followed", e);
        }
    }

    private boolean sameState(CniInstaller.Chaining now) {
        return switch (now) {
            case CniInstaller.Chaining.Chained(String base, boolean changed) ->
                !changed
                        && last instanceof CniInstaller.Chaining.Chained(String before, boolean _)
                        && before.equals(base);
            case CniInstaller.Chaining.NoBase _ -> last instanceof CniInstaller.Chaining.NoBase;
            case CniInstaller.Chaining.Unusable unusable -> unusable.equals(last);
        };
    }

    /** From here on nothing is written any more; what is there stays. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            events.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "closing the watch of " + installer.confDir(), e);
        }
    }
}
