package dev.heddle.operator.write;

import java.util.List;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Names an object in every log entry of this thread until it is closed: the entry's {@code object} has its {@code kind},
 * {@code namespace}, {@code name} and {@code generation}.
 */
final class About implements AutoCloseable {

    private static final List<String> KEYS = List.of("kind", "namespace", "name", "generation");

    private About() {}

    /**
     * From here on.
     *
     * @param namespace null or empty: the object has none
     * @param name null: it has none yet
     * @param generation null: it does not matter, or is not known
     */
    static About object(String kind, @Nullable String namespace, @Nullable String name, @Nullable Long generation) {
        put("kind", kind);
        put("namespace", namespace == null || namespace.isEmpty() ? null : namespace);
        put("name", name);
        put("generation", generation);
        return new About();
    }

    private static void put(String key, @Nullable Object value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value.toString());
        }
    }

    @Override
    public void close() {
        KEYS.forEach(MDC::remove);
    }
}
