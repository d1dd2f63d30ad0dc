package dev.heddle.policy.compile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers in their order, as a key: it is looked up by all of them, so their hash is kept. */
final class Numbers {

    private final int[] all;
    private final int hash;

    /** @param all not to be changed any more */
    Numbers(int[] all) {
        this.all = all;
        this.hash = Arrays.hashCode(all);
    }

    int[] all() {
        return all;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Numbers that && hash == that.hash && Arrays.equals(all, that.all);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
