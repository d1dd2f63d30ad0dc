package dev.heddle.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time that only goes on, whatever the machine's clock is set to, and goes on while the machine is suspended: seconds since its
 * start, as proc_uptime(5) says them, counted from what the clock said when this was made. Steps are a hundredth of a second.
 */
final class SteadyClock implements InstantSource {

    static final Path UPTIME = Path.of("/proc/uptime");

    private final Path uptime;
    private final Instant start;

    /**
     * Starts at what a clock says now.
     *
     * @param uptime {@link #UPTIME}, or what stands for it
     */
    SteadyClock(Path uptime, InstantSource clock) {
        this.uptime = uptime;
        this.start = clock.instant().minusMillis(running());
    }

    @Override
    public Instant instant() {
        return start.plusMillis(running());
    }

    private long running() {
        try {
            String seconds = Files.readString(uptime).split(" ", 2)[0];
            return Long.parseLong(seconds.replace(".", "")) * 10; // always two decimals
        } catch (IOException e) {
            throw new UncheckedIOException("how long this machine runs", e);
        }
    }
}
