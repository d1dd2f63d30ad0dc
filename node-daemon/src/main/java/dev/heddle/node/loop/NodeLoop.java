package dev.heddle.node.loop;

import dev.heddle.node.apply.Applied;
import dev.heddle.node.apply.Applier;
import dev.heddle.node.desired.Composer;
import dev.heddle.node.desired.World;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.log.About;
import dev.heddle.node.plan.Desired;
import dev.heddle.node.plan.Planner;
import dev.heddle.node.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from every thread, one after the other. A change that comes after a while of quiet is put into force at once.
 * Those that follow a round closely are put into force together: the next round begins when the queue was quiet for
 * {@link #QUIET_MILLIS}, or {@link #LATEST_MILLIS} after the first of them.
 */
public final class NodeLoop {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);
    private static final long QUIET_MILLIS = 5;
    private static final long LATEST_MILLIS = 40;
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LAST_RETRY_MILLIS = 30_000;

    private final BlockingQueue<Consumer<World>> events = new LinkedBlockingQueue<>();
    private final World world;
    private final Composer composer;
    private final Applier applier;
    private final List<Consumer<Round>> listeners;
    private Observed observed;
    private Composer.Cut live = Composer.Cut.NOTHING;
    private long lastRound = System.nanoTime();
    private volatile boolean stopped;

    /**
     * Over a world that is empty yet.
     *
     * @param listeners told about every round, on the loop's thread, in this order
     */
    public NodeLoop(
            World world, Composer composer, Applier applier, Observed observed, List<Consumer<Round>> listeners) {
        this.world = world;
        this.composer = composer;
        this.applier = applier;
        this.observed = observed;
        this.listeners = List.copyOf(listeners);
    }

    /** Has the loop's thread change the world; returns at once. */
    public void submit(Consumer<World> event) {
        events.add(event);
    }

    /** Has the loop's thread read back what is in force before it plans again. */
    public void audit() {
        events.add(known -> observed = applier.observe(observed));
    }

    /** Runs until {@link #stop}. */
    public void run() {
        long retryMillis = 0;
        while (!stopped) {
            try {
                Consumer<World> first =
                        retryMillis > 0 ? events.poll(retryMillis, TimeUnit.MILLISECONDS) : events.take();
                settle(first);
                retryMillis = round() ? 0 : later(retryMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("this round failed, what was in force stays: {}", e, e);
                retryMillis = later(retryMillis);
            }
            lastRound = System.nanoTime();
        }
    }

    private static long later(long millis) {
        return Math.clamp(2 * millis, FIRST_RETRY_MILLIS, LAST_RETRY_MILLIS);
    }

    public void stop() {
        stopped = true;
        events.add(known -> {});
    }

    private void settle(@org.jspecify.annotations.Nullable Consumer<World> first) throws InterruptedException {
        long began = System.nanoTime();
        long patience = TimeUnit.NANOSECONDS.toMillis(began - lastRound) >= QUIET_MILLIS ? 0 : QUIET_MILLIS;
        Consumer<World> event = first;
        while (event != null) {
            event.accept(world);
            long left = LATEST_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            event = left > 0 ? events.poll(Math.min(left, patience), TimeUnit.MILLISECONDS) : null;
        }
    }

    /**
     * One pass: compose, plan, apply, tell.
     *
     * @return whether everything that should be in force is
     */
    private boolean round() {
        if (observed.image() == null) {
            composer.startOver(); // the kernel's tables are another's: what single stores added to ours is not there
        }
        Optional<Desired> desired = Optional.empty();
        String refused = "";
        try {
            desired = world.isDetaching() ? desired : composer.compose();
        } catch (RuntimeException e) {
            LOG.error("no revision can be made, what was in force stays: {}", e, e);
            refused = String.valueOf(e.getMessage());
        }
        List<Applied.Failed> failures = List.of();
        if (desired.isPresent()) {
            try (About _ = About.object("NodeState", "", world.node(), world.nodeStateGeneration())) {
                Applied applied = applier.apply(Planner.plan(desired.get(), observed), desired.get(), observed);
                observed = applied.observed();
                failures = applied.failures();
            }
            if (observed.image() == desired.get().image()) {
                live = composer.cut();
            }
            if (failures.isEmpty()) {
                composer.stored();
            } else if (failures.stream().anyMatch(failed -> failed.step() instanceof Step.StorePeer)) {
                composer.startOver(); // a tree that is written anew has room again
            }
        }
        Round round = new Round(world, observed, live, failures, refused);
        listeners.forEach(listener -> listener.accept(round));
        return failures.isEmpty() && refused.isEmpty();
    }
}
