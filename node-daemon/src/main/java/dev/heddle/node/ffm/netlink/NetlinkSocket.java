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

/** A route netlink socket: a request, then all its answers. Keeps the namespace it was opened in. */
final class NetlinkSocket implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_ROUTE = 0;
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

    NetlinkSocket() {
        long result = Syscall.SOCKET.call(AF_NETLINK, RAW_CLOEXEC, NETLINK_ROUTE);
        if (result < 0) {
            throw new SyscallException("socket", (int) -result, "netlink", "");
        }
        fd = Fd.of(result, "netlink");
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
                progress = receive(operation, object, answers);
                whole &= !progress.interrupted;
            } while (!progress.finished);
            if (whole) {
                return answers;
            }
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

    private Progress receive(String operation, String object, List<Answer> answers) {
        long size;
        do {
            size = Syscall.RECVFROM.call(fd.number(), buffer.address(), BUFFER);
        } while (size == -Errno.EINTR);
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
            if (type != ERROR && type != DONE) {
                answers.add(new Answer(
                        bytes.slice(at + HEADER, bytes.getInt(at) - HEADER).order(ByteOrder.nativeOrder())));
            }
            finished |= type == ERROR || type == DONE || (flags & MULTI) == 0;
        }
        return new Progress(finished, interrupted);
    }

    @Override
    public void close() {
        fd.close();
        arena.close();
    }
}
