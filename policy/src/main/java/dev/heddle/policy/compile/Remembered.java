package dev.heddle.policy.compile;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Answers of compiles so far. When the last one that asked for any asked for less than half of them, all others are forgotten. Keys
 * and answers never change.
 */
final class Remembered<K, V> {

    private final Map<K, Answer<V>> answers;
    private final Predicate<V> worthKeeping;
    private int compile = 1;
    private int asked;

    /** An answer, and the compile that asked for it last. */
    static final class Answer<V> {
        private final V value;
        private int compile;

        Answer(V value) {
            this.value = value;
        }
    }

    /** @param empty a map, which says when two keys are the same */
    Remembered(Map<K, Answer<V>> empty) {
        this(empty, value -> true);
    }

    /** @param worthKeeping others are found anew each time */
    Remembered(Map<K, Answer<V>> empty, Predicate<V> worthKeeping) {
        this.answers = empty;
        this.worthKeeping = worthKeeping;
    }

    /** The answer, found now if it is not known yet. */
    V get(K key, Function<K, V> find) {
        Answer<V> answer = answers.get(key);
        if (answer == null) {
            V found = find.apply(key);
            if (!worthKeeping.test(found)) {
                return found;
            }
            answer = new Answer<>(found);
            answers.put(key, answer);
        }
        if (answer.compile != compile) {
            answer.compile = compile;
            asked++;
        }
        return answer.value;
    }

    /** Another compile begins. */
    void turn() {
        if (asked == 0) {
            return;
        }
        if (2 * asked < answers.size()) { // a look at all of them is not worth a few
            answers.values().removeIf(answer -> answer.compile != compile);
        }
        compile++;
        asked = 0;
    }
}
