package dev.heddle.node.ffm.netlink;

import dev.heddle.node.ffm.NetlinkException;
import dev.heddle.node.ffm.SyscallException;
import dev.heddle.node.ffm.sys.Errno;
import dev.heddle.node.ffm.sys.Fd;
import dev.heddle.node.ffm.sys.Syscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A netlink socket: a request, then all its answers. Keeps the namespace it was opened in. */
final class NetlinkSocket implements AutoCloseable {
    static final int AF_NETLINK = 16;
    private static final int RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_ROUTE = 0;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final int SOL_SOCKET = 1;
    private static final int SO_NETNS_COOKIE = 71;
    private static final int BUFFER = 64 * 1024;
    private static final int HEADER = 16;
    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int MULTI = 2;
    private static final int INTERRUPTED = 0x10;

    private final Fd fd;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(BUFFER, 8);
    private int sequence;

    /** Devices and their addresses. */
    static NetlinkSocket route() {
        return new NetlinkSocket(NETLINK_ROUTE);
    }

    /** Sockets of processes. */
    static NetlinkSocket sockDiag() {
        return new NetlinkSocket(NETLINK_SOCK_DIAG);
    }

    private NetlinkSocket(int protocol) {
        fd = open(protocol);
    }

    private static Fd open(int protocol) {
        long result = Syscall.SOCKET.call(AF_NETLINK, RAW_CLOEXEC, protocol);
        if (result < 0) {
            throw new SyscallException("socket", (int) -result, "netlink", "");
        }
        return Fd.of(result, "netlink");
    }

    /** A bare socket of devices and their addresses, for whoever listens instead of asking. */
    static Fd openRoute() {
        return open(NETLINK_ROUTE);
    }

    /** Waits for what comes next. @return its size, or the negated errno; never EINTR */
    static long receive(Fd fd, MemorySegment into) {
        long size;
        do {
            size = Syscall.RECVFROM.call(fd.number(), into.address(), into.byteSize());
        } while (size == -Errno.EINTR);
        return size;
    }

    /** Of the namespace that it was opened in; 0 when the kernel does not tell. */
    synchronized long namespaceCookie() {
        MemorySegment cookie = buffer.asSlice(0, Long.BYTES).fill((byte) 0);
        MemorySegment length = buffer.asSlice(Long.BYTES, Integer.BYTES);
        length.set(ValueLayout.JAVA_INT, 0, Long.BYTES);
        long result = Syscall.GETSOCKOPT.call(
                fd.number(), SOL_SOCKET, SO_NETNS_COOKIE, cookie.address(), length.address(), 0);
        return result < 0 ? 0 : cookie.get(ValueLayout.JAVA_LONG, 0);
    }

    /** One answer: its fixed part and attributes, without the header. */
    record Answer(ByteBuffer body) {}

    /** Sends a request and collects its answers; the kernel's refusal is thrown. */
    synchronized List<Answer> ask(String operation, String object, Message request) {
        // A dump during which something changed is marked and has to be asked again.
        while (true) {
            send(operation, object, request.bytes(++sequence));
            List<Answer> answers = new ArrayList<>();
            boolean whole = true;
            Progress progress;
            do {
                progress = receive(operation, object, body -> answers.add(new Answer(body)));
                whole &= !progress.interrupted;
            } while (!progress.finished);
            if (whole) {
                return answers;
            }
        }
    }

    /**
     * Sends a request and hands over its answers as they come, those of a table that changes meanwhile too.
     *
     * @param reader says whether it wants more; after it said no, this socket cannot be asked again
     */
    synchronized void dump(String operation, String object, Message request, Predicate<ByteBuffer> reader) {
        send(operation, object, request.bytes(++sequence));
        while (!receive(operation, object, reader).finished) {
            // The next buffer of answers.
        }
    }

    private record Progress(boolean finished, boolean interrupted) {}

    private void send(String operation, String object, byte[] bytes) {
        MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, 0, bytes.length);
        long result = Syscall.SENDTO.call(fd.number(), buffer.address(), bytes.length);
        if (result < 0) {
            throw new NetlinkException(operation, (int) -result, object, "");
        }
    }

    private Progress receive(String operation, String object, Predicate<ByteBuffer> reader) {
        long size = receive(fd, buffer);
        if (size < 0) {
            throw new NetlinkException(operation, (int) -size, object, "");
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE))
                .order(ByteOrder.nativeOrder());
        boolean finished = false;
        boolean interrupted = false;
        for (int at = 0; at + HEADER <= bytes.limit(); at += (bytes.getInt(at) + 3) & -4) {
            int type = bytes.getShort(at + 4);
            int flags = bytes.getShort(at + 6);
            if (bytes.getInt(at + 8) != sequence) {
                continue; // a left-over of a request that failed half-way
            }
            interrupted |= (flags & INTERRUPTED) != 0;
            if (type == ERROR && bytes.getInt(at + HEADER) != 0) {
                int errno = -bytes.getInt(at + HEADER);
                throw new NetlinkException(operation, errno, object, errno == Errno.EPERM ? "CAP_NET_ADMIN" : "");
            }
            finished |= type == ERROR || type == DONE || (flags & MULTI) == 0;
            if (type != ERROR && type != DONE) {
                ByteBuffer body =
                        bytes.slice(at + HEADER, bytes.getInt(at) - HEADER).order(ByteOrder.nativeOrder());
                if (!reader.test(body)) {
                    return new Progress(true, interrupted);
                }
            }
        }
        return new Progress(finished, interrupted);
    }

    @Override
    public void close() {
        fd.close();
        arena.close();
    }
}
