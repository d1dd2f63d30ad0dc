package dev.heddle.node.apply;

import java.util.function.IntSupplier;

/**
 * Numbers for endpoints that never come twice in one boot, without a file: tenths of a second since boot, or one more
 * than the last. They stay ahead of every earlier daemon's unless it made ten a second all its life.
 */
final class Incarnations implements IntSupplier {

    private static final long NANOS_PER_TENTH = 100_000_000;

    private int last;

    /** Numbers from now on are above this one. */
    void after(int known) {
        last = known;
    }

    private static int tenthsSinceBoot() {
        // The JVM's nanoTime is CLOCK_MONOTONIC on Linux: it began with this boot.
        return (int) (System.nanoTime() / NANOS_PER_TENTH);
    }

    @Override
    public int getAsInt() {
        int now = tenthsSinceBoot();
        last = Integer.compareUnsigned(now, last) > 0 ? now : last + 1;
        return last;
    }
}
