package dev.heddle.operator.write;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Requests to the API server beside the index's thread, so many at a time. */
final class Requests implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places;

    Requests(int atATime) {
        this.places = new Semaphore(atATime);
    }

    Future<Outcome> submit(Write write) {
        return threads.submit(() -> {
            places.acquire();
            try {
                return write.send();
            } finally {
                places.release();
            }
        });
    }

    /** Gives up what is under way and what waits; a request that was sent may still arrive. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
