package dev.heddle.node.ffm.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Linux system calls by number, all through one handle to libc's {@code syscall(2)}. Pointers are passed as addresses:
 * the caller keeps their arena open during the call.
 */
public enum Syscall {
    CLOSE(3, 57),
    FCNTL(72, 25),
    MMAP(9, 222),
    MUNMAP(11, 215),
    SOCKET(41, 198),
    SENDTO(44, 206),
    RECVFROM(45, 207),
    BIND(49, 200),
    SETSOCKOPT(54, 208),
    GETSOCKOPT(55, 209),
    STATFS(137, 43),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    OPENAT(257, 56),
    UNSHARE(272, 97),
    SETNS(308, 268),
    PRLIMIT64(302, 261),
    BPF(321, 280);

    /** {@code AT_FDCWD}: paths are relative to the working directory. */
    public static final long AT_FDCWD = -100;

    private static final int VARIADIC_FROM = 1;
    private static final MethodHandle SYSCALL = handle();
    /** errno is the only state captured on Linux, and lies at offset 0. One for each thread: no allocation per call. */
    private static final ThreadLocal<MemorySegment> CAPTURED =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

    private final long number;

    Syscall(long x86, long arm) {
        this.number = System.getProperty("os.arch").equals("aarch64") ? arm : x86;
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle() {
        Linker linker = Linker.nativeLinker();
        var j = ValueLayout.JAVA_LONG;
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(j, j, j, j, j, j, j, j),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(VARIADIC_FROM));
    }

    /** The call's result, or the negated errno. */
    public long call(long a, long b, long c, long d, long e, long f) {
        MemorySegment captured = CAPTURED.get();
        long result;
        try {
            result = (long) SYSCALL.invokeExact(captured, number, a, b, c, d, e, f);
        } catch (Throwable t) {
            throw new AssertionError("a downcall throws nothing", t);
        }
        // After success the captured errno is stale.
        return result == -1 ? -captured.get(ValueLayout.JAVA_INT, 0) : result;
    }

    public long call(long a, long b, long c) {
        return call(a, b, c, 0, 0, 0);
    }

    public long call(long a) {
        return call(a, 0, 0, 0, 0, 0);
    }
}
