package dev.heddle.node.ffm.bpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many values a per-CPU map holds for one key: CPUs that could ever be there, not those that are. */
public final class PossibleCpus {
    public static final int COUNT = count();

    private PossibleCpus() {}

    /** The file says for example {@code 0-127}; numbers begin at 0 without gaps. */
    private static int count() {
        try {
            String range = Files.readString(Path.of("/sys/devices/system/cpu/possible"))
                    .strip();
            String last = range.substring(Math.max(range.lastIndexOf('-'), range.lastIndexOf(',')) + 1);
            return Integer.parseInt(last) + 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
