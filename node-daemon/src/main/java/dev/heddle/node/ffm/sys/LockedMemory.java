package dev.heddle.node.ffm.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/** The limit of locked memory, to which kernels before 5.11 charge BPF maps and programs; later ones ask the cgroup. */
public final class LockedMemory {
    private static final int RLIMIT_MEMLOCK = 8;
    private static final long INFINITY = -1;

    private LockedMemory() {}

    /** Lifts this process's limit. Returns whether it could; without it, an old kernel refuses maps with EPERM. */
    public static boolean unlimited() {
        try (Arena arena = Arena.ofConfined()) {
            long limit = arena.allocateFrom(ValueLayout.JAVA_LONG, INFINITY, INFINITY)
                    .address();
            return Syscall.PRLIMIT64.call(0, RLIMIT_MEMLOCK, limit, 0, 0, 0) >= 0;
        }
    }
}
