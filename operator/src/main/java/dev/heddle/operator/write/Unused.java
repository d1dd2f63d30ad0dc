package dev.heddle.operator.write;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Since when things are unused, without a break. */
final class Unused {

    private final Duration grace;
    private final Map<String, Instant> since = new HashMap<>();

    Unused(Duration grace) {
        this.grace = grace;
    }

    /** Those that have been unused for the whole grace period. */
    Set<String> due(Set<String> unused, Instant now) {
        since.keySet().retainAll(unused);
        unused.forEach(name -> since.putIfAbsent(name, now));
        return unused.stream()
                .filter(name -> !since.getOrDefault(name, now).plus(grace).isAfter(now))
                .collect(toSet());
    }
}
