package dev.heddle.node.ffm.sys;

import dev.heddle.node.ffm.SyscallException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** An open descriptor that is closed once. Only {@code ffm} sees its number. */
public final class Fd implements AutoCloseable {
    public static final int O_RDONLY = 0;
    public static final int O_DIRECTORY = 0x10000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int CLOSED = -1;

    private final AtomicInteger number;
    private final String object;

    private Fd(int number, String object) {
        this.number = new AtomicInteger(number);
        this.object = object;
    }

    /** Takes ownership of a descriptor's number. {@code object} names it in errors. */
    public static Fd of(long number, String object) {
        return new Fd(Math.toIntExact(number), object);
    }

    /** Opens a file or folder for reading. */
    public static Fd open(Path path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            var name = arena.allocateFrom(path.toString());
            long fd = Syscall.OPENAT.call(Syscall.AT_FDCWD, name.address(), flags | O_CLOEXEC);
            if (fd < 0) {
                throw new SyscallException("open", (int) -fd, path.toString(), "");
            }
            return of(fd, path.toString());
        }
    }

    /** A second descriptor of what a foreign one refers to, closed on its own. */
    public static Fd duplicateOf(int foreign, String object) {
        long fd = Syscall.FCNTL.call(foreign, F_DUPFD_CLOEXEC, 0);
        if (fd < 0) {
            throw new SyscallException("duplicate", (int) -fd, object, "");
        }
        return of(fd, object);
    }

    public int number() {
        int fd = number.get();
        if (fd == CLOSED) {
            throw new IllegalStateException(object + " is closed");
        }
        return fd;
    }

    @Override
    public void close() {
        int fd = number.getAndSet(CLOSED);
        if (fd != CLOSED) {
            Syscall.CLOSE.call(fd);
        }
    }

    @Override
    public String toString() {
        return object;
    }
}
