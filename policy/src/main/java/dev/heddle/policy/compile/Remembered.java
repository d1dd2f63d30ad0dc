package dev.heddle.policy.compile;

import java.util.Map;
import java.util.function.Function;

/**
 * Answers of compiles so far. When the last one asked for less than half of them, all that it did not ask for are forgotten. Keys
 * and answers never change.
 */
final class Remembered<K, V> {

    private final Map<K, Answer<V>> answers;
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
        this.answers = empty;
    }

    /** The answer, found now if it is not known yet. */
    V get(K key, Function<K, V> find) {
        Answer<V> answer = answers.get(key);
        if (answer == null) {
            answer = new Answer<>(find.apply(key));
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
        if (2 * asked < answers.size()) { // a look at all of them is not worth a few
            answers.values().removeIf(answer -> answer.compile != compile);
        }
        compile++;
        asked = 0;
    }
}
