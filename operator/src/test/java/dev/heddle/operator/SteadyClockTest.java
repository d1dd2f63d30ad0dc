package dev.heddle.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteadyClockTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private Instant wall = NOON;

    @Test
    void startsAtWhatTheClockSaysAndGoesOnWithTheMachineAlone(@TempDir Path folder) throws IOException {
        Path uptime = Files.writeString(folder.resolve("uptime"), "100.05 7.00\n");
        InstantSource steady = new SteadyClock(uptime, () -> wall);
        assertThat(steady.instant()).isEqualTo(NOON);

        wall = NOON.minusSeconds(3600);
        Files.writeString(uptime, "101.30 7.00\n");
        assertThat(steady.instant()).isEqualTo(NOON.plusMillis(1250));

        Files.writeString(uptime, "1234567890.12 7.00\n");
        assertThat(steady.instant()).isEqualTo(NOON.plusMillis(1_234_567_790_070L));
    }

    @Test
    void readsWhatThisMachineSays() {
        InstantSource steady = new SteadyClock(SteadyClock.UPTIME, InstantSource.system());
        Instant first = steady.instant();
        assertThat(steady.instant()).isAfterOrEqualTo(first);
    }
}
