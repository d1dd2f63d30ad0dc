package dev.heddle.operator.scale;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes to the API server, so many at a time. */
final class Writers implements AutoCloseable {

    private final Semaphore atATime;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    Writers(int atATime) {
        this.atATime = new Semaphore(atATime);
    }

    /** Writes soon; {@link #check} says whether that failed. */
    void start(Runnable write) {
        var _ = submit(write);
    }

    /** The same when the delay is over. */
    void startAfter(Duration delay, Runnable write) {
        var _ = threads.submit(() -> {
            Thread.sleep(delay);
            start(write);
            return null;
        });
    }

    private Future<?> submit(Runnable write) {
        return threads.submit(() -> {
            atATime.acquireUninterruptibly();
            try {
                write.run();
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
                throw e;
            } finally {
                atATime.release();
            }
        });
    }

    /** Does it for 0 up to the count, in any order, and waits. */
    void each(int count, IntConsumer write) throws Exception {
        List<? extends Future<?>> all = IntStream.range(0, count)
                .mapToObj(i -> submit(() -> write.accept(i)))
                .toList();
        for (Future<?> one : all) {
            one.get();
        }
    }

    /** Throws what went wrong first. */
    void check() {
        RuntimeException first = failure.get();
        if (first != null) {
            throw new IllegalStateException("a write failed", first);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
