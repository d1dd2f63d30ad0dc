package dev.heddle.cli.cluster;

import dev.heddle.cli.failure.NoAnswerException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Something that is being read while other things are. */
final class Background<T> {

    private final CompletableFuture<T> future;

    private Background(CompletableFuture<T> future) {
        this.future = future;
    }

    static <T> Background<T> of(Supplier<T> read) {
        return new Background<>(CompletableFuture.supplyAsync(read, Thread::startVirtualThread));
    }

    /** Waits for it. @throws NoAnswerException if it could not be read */
    T join() {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NoAnswerException known) {
                throw known;
            }
            throw e;
        }
    }
}
