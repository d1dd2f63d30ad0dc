package dev.heddle.policy.random;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Draws from a seed. */
public final class Draw {

    /** Where a test starts; {@code -Dheddle.seed=...} repeats a run. */
    public static final long SEED = Long.getLong("heddle.seed", System.nanoTime());

    private final Random random;

    public Draw(long seed) {
        random = new Random(seed);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** True once in so many times. */
    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    @SafeVarargs
    final <T> T of(T... from) {
        return from[random.nextInt(from.length)];
    }

    public <T> T of(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Up to so many. */
    <T> List<T> some(int most, Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(most + 1)).toList();
    }

    /** At least one, up to so many. */
    <T> List<T> few(int most, Supplier<T> one) {
        return Stream.generate(one).limit(1 + random.nextInt(most)).toList();
    }
}
