package dev.heddle.policy.compile;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The last answer, for the next question if it is the same. Keys and answers never change. */
final class Last<K, V> {

    private @Nullable K key;
    private @Nullable V answer;

    /** The answer, found now if the last question was another. */
    V get(K asked, Function<K, V> find) {
        V known = answer;
        if (known == null || !asked.equals(key)) {
            known = find.apply(asked);
            key = asked;
            answer = known;
        }
        return known;
    }
}
