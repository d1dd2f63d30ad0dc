package dev.heddle.e2e;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition that others bring about. */
final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private Await() {}

    /** @throws AssertionError when the condition does not hold within a minute; it names what was awaited */
    static void until(String what, BooleanSupplier condition) {
        until(what, LIMIT, condition);
    }

    /** @throws AssertionError when the condition does not hold in time; it names what was awaited */
    static void until(String what, Duration limit, BooleanSupplier condition) {
        until(what, limit, condition, () -> "");
    }

    /**
     * Waits a minute.
     *
     * @param instead what there is instead, for the error's text
     */
    static void until(String what, BooleanSupplier condition, Supplier<String> instead) {
        until(what, LIMIT, condition, instead);
    }

    private static void until(String what, Duration limit, BooleanSupplier condition, Supplier<String> instead) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what + instead.get());
            }
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }
}
