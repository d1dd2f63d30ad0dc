package dev.heddle.operator.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnusedTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Unused unused = new Unused(Duration.ofSeconds(60));

    @Test
    void whatIsUnusedForTheWholeGracePeriodIsDue() {
        assertThat(unused.due(Set.of("a"), START)).isEmpty();
        assertThat(unused.due(Set.of("a", "b"), START.plusSeconds(59))).isEmpty();
        assertThat(unused.due(Set.of("a", "b"), START.plusSeconds(60))).containsExactly("a");
    }

    @Test
    void aUseInBetweenStartsTheGracePeriodAgain() {
        unused.due(Set.of("a"), START);
        unused.due(Set.of(), START.plusSeconds(30));

        assertThat(unused.due(Set.of("a"), START.plusSeconds(60))).isEmpty();
        assertThat(unused.due(Set.of("a"), START.plusSeconds(120))).containsExactly("a");
    }
}
