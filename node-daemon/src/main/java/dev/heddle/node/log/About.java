package dev.heddle.node.log;

import java.util.List;
import org.slf4j.MDC;

/**
 * Names an object in every log entry of this thread until it is closed: the entry's {@code object} has its {@code kind},
 * {@code namespace}, {@code name} and {@code generation}.
 */
public final class About implements AutoCloseable {

    static final List<String> KEYS = List.of("kind", "namespace", "name", "generation");

    private About() {}

    /** From here on, an object whose generation does not matter; an empty namespace: it has none. */
    public static About object(String kind, String namespace, String name) {
        return object(kind, namespace, name, 0);
    }

    /** The same with a generation; 0: none. */
    public static About object(String kind, String namespace, String name, long generation) {
        put("kind", kind);
        put("namespace", namespace);
        put("name", name);
        put("generation", generation == 0 ? "" : Long.toString(generation));
        return new About();
    }

    private static void put(String key, String value) {
        if (value.isEmpty()) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    @Override
    public void close() {
        KEYS.forEach(MDC::remove);
    }
}
