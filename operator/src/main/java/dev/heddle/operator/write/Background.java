package dev.heddle.operator.write;

import dev.heddle.operator.index.Index;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Writes beside the index's thread, so many at a time. What they bring is a change of the index like any other. */
final class Background implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places;
    private final Inbox inbox;

    /** What follows a write, on the index's thread. */
    interface Then {

        /**
         * The write has ended.
         *
         * @param failure null: it was written, and what it brought is taken in
         */
        void finished(Index index, @Nullable RuntimeException failure);
    }

    Background(int atATime, Inbox inbox) {
        this.places = new Semaphore(atATime, true);
        this.inbox = inbox;
    }

    void begin(Write write, Then then) {
        var _ = threads.submit(() -> {
            places.acquire();
            Outcome outcome;
            try {
                outcome = send(write);
            } finally {
                places.release();
            }
            inbox.change(index -> then.finished(index, take(outcome, index)));
            return outcome;
        });
    }

    private static Outcome send(Write write) {
        try {
            return write.send();
        } catch (RuntimeException e) {
            return index -> {
                throw e;
            };
        }
    }

    private static @Nullable RuntimeException take(Outcome outcome, Index index) {
        try {
            outcome.takeInto(index);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Gives up what is under way and what waits; a request that was sent may still arrive. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
