package dev.heddle.operator.write;

import dev.heddle.operator.index.Index;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Writes that nobody waits for. What they bring is taken in by the index's thread when it comes round. */
final class Background implements AutoCloseable {

    /** Fewer than the writes that nodes wait for. */
    private static final int AT_A_TIME = 8;

    private final Requests requests = new Requests(AT_A_TIME);
    private final Queue<Outcome> finished = new ConcurrentLinkedQueue<>();

    /** What follows a write, on the index's thread. */
    interface Then {

        /**
         * The write has ended.
         *
         * @param failure null: it was written, and what it brought is taken in
         */
        void finished(Index index, @Nullable RuntimeException failure);
    }

    void begin(Write write, Then then) {
        var _ = requests.submit(() -> {
            Outcome outcome = send(write, then);
            finished.add(outcome);
            return outcome;
        });
    }

    private static Outcome send(Write write, Then then) {
        try {
            Outcome outcome = write.send();
            return index -> {
                outcome.takeInto(index);
                then.finished(index, null);
            };
        } catch (RuntimeException e) {
            return index -> then.finished(index, e);
        }
    }

    void takeInto(Index index) {
        for (Outcome outcome = finished.poll(); outcome != null; outcome = finished.poll()) {
            outcome.takeInto(index);
        }
    }

    @Override
    public void close() {
        requests.close();
    }
}
