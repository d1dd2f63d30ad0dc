package dev.heddle.operator.write;

import dev.heddle.operator.index.Index;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns the index: takes in the changes that there are, and has the difference written.
 *
 * <p>Nothing is written before {@link #lead()}, and then only after the content of every cache is in the index. After a
 * suspension nothing is written for the time of a lease: by then this process knows whether it still leads.
 */
public final class Loop implements Feed, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Loop.class);
    /** A turn without a change. */
    private static final Duration TICK = Duration.ofMillis(250);

    /** How long the turn under way may take when this ends. */
    private static final Duration LAST_TURN = Duration.ofSeconds(5);

    private final Index index = new Index();
    private final Pass pass;
    private final InstantSource clock;
    private final Duration lease;
    private final BlockingQueue<Consumer<Index>> changes = new LinkedBlockingQueue<>();
    private final List<Consumer<Index>> seeds = new ArrayList<>();
    private final List<Consumer<Index>> everyTick = new CopyOnWriteArrayList<>();
    private final Timer turns = Timer.builder("heddle.operator.turn")
            .description("Taking changes into the index, and looking at what is stale.")
            .register(Metrics.globalRegistry);
    private final Thread thread;
    private volatile Instant lastPass;
    private volatile boolean closed;
    private volatile boolean leading;
    private Instant lastTick = Instant.EPOCH;
    private Instant silentUntil = Instant.EPOCH;

    /**
     * Neither runs nor leads yet.
     *
     * @param pass makes the pass that brings its outcomes here
     * @param clock only goes on, also while this process is suspended
     * @param lease after this time without a sign of life of this process another one leads
     */
    public Loop(Function<Inbox, Pass> pass, InstantSource clock, Duration lease) {
        this.lease = lease;
        this.pass = pass.apply(changes::add);
        this.clock = clock;
        this.lastPass = clock.instant();
        this.thread = Thread.ofPlatform().name("index").daemon().unstarted(this::run);
    }

    @Override
    public void change(Consumer<Index> change) {
        changes.add(change);
    }

    @Override
    public <R> void source(Supplier<Stream<R>> cache, BiConsumer<Index, R> put) {
        synchronized (seeds) {
            seeds.add(index -> cache.get().forEach(object -> put.accept(index, object)));
        }
    }

    @Override
    public void everyTick(Consumer<Index> change) {
        everyTick.add(change);
    }

    public void start() {
        Gauge.builder("heddle.operator.leading", this, loop -> loop.leading && !loop.closed ? 1 : 0)
                .description("Whether this process writes: 1 for one of all operators.")
                .register(Metrics.globalRegistry);
        thread.start();
    }

    /** This process may write now, and its caches are in sync. */
    public void lead() {
        change(seeded -> {
            synchronized (seeds) {
                seeds.forEach(seed -> seed.accept(seeded));
            }
            leading = true;
            lastPass = clock.instant(); // taking all that in is no pause
            LOG.infof("leading; %d pods on %d nodes are known", seeded.podCount(), seeded.nodeCount());
        });
    }

    /**
     * How long ago the thread was seen alive; it turns round at least every second unless it is stuck. Nothing is to be seen of one
     * that was closed.
     */
    public Duration sinceLastPass() {
        return closed ? Duration.ZERO : Duration.between(lastPass, clock.instant());
    }

    /**
     * From now on nothing is written, and no cache is looked at: one that has stopped is empty, and must not be taken for
     * a cluster without policies. A write that is on its way may still arrive.
     */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        pass.close();
        try {
            thread.join(LAST_TURN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                turn();
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped");
        }
    }

    private void turn() throws InterruptedException {
        Consumer<Index> first = changes.poll(patience().toNanos(), TimeUnit.NANOSECONDS);
        turns.record(() -> turn(first));
    }

    /** @param first null: nothing has changed */
    private void turn(@Nullable Consumer<Index> first) {
        if (first != null) {
            List<Consumer<Index>> batch = new ArrayList<>();
            batch.add(first);
            changes.drainTo(batch);
            batch.forEach(this::take);
        }
        Instant now = clock.instant();
        if (Duration.between(lastPass, now).compareTo(lease.dividedBy(3)) > 0) {
            // Suspended, perhaps for so long that another leads: the election finds that out, and closes this.
            silentUntil = now.plus(lease);
        }
        lastPass = now;
        if (leading && !closed && !now.isBefore(silentUntil)) {
            if (!lastTick.plus(TICK).isAfter(lastPass)) {
                lastTick = lastPass;
                everyTick.forEach(this::take);
            }
            try {
                pass.run(index, lastPass);
            } catch (RuntimeException e) {
                LOG.error("a pass over the index failed; the next one tries again", e);
            }
        }
    }

    /** How long nothing has to be done if nothing changes. */
    private Duration patience() {
        Instant next = pass.next();
        if (next == null) {
            return TICK;
        }
        Duration until = Duration.between(clock.instant(), next);
        return until.isNegative() ? Duration.ZERO : until.compareTo(TICK) < 0 ? until : TICK;
    }

    private void take(Consumer<Index> change) {
        try {
            change.accept(index);
        } catch (RuntimeException e) {
            LOG.error("one change could not be taken into the index; all others were", e);
        }
    }
}
