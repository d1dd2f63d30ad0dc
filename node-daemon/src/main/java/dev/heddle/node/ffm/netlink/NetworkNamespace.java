package dev.heddle.node.ffm.netlink;

import dev.heddle.node.ffm.SyscallException;
import dev.heddle.node.ffm.sys.Fd;
import dev.heddle.node.ffm.sys.Syscall;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs work inside a network namespace. Sockets opened there stay in it. */
public final class NetworkNamespace {
    private static final int CLONE_NEWNET = 0x40000000;

    private NetworkNamespace() {}

    /**
     * Runs the work on a thread of its own that enters the namespace and then ends, so that no thread of a pool is left
     * in the wrong one.
     *
     * @param path for example {@code /var/run/netns/NAME} or {@code /proc/PID/ns/net}
     */
    public static <T> T inside(Path path, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(() -> {
            enter(path);
            return work.call();
        });
        Thread thread = Thread.ofPlatform().name("netns " + path.getFileName()).start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("inside " + path, e.getCause());
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted inside " + path, e);
        }
    }

    /**
     * The kernel's number of this thread's namespace, as programs see it: {@code SO_NETNS_COOKIE} of socket(7). 0 where
     * the kernel does not tell (before 5.14).
     */
    public static long ownCookie() {
        try (NetlinkSocket socket = NetlinkSocket.route()) {
            return socket.namespaceCookie();
        }
    }

    private static void enter(Path path) {
        try (Fd namespace = Fd.open(path, Fd.O_RDONLY)) {
            long result = Syscall.SETNS.call(namespace.number(), CLONE_NEWNET, 0);
            if (result < 0) {
                throw new SyscallException("setns", (int) -result, path.toString(), "CAP_SYS_ADMIN is needed");
            }
        }
    }
}
