package dev.heddle.node.netns;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Whole frames, as they are, from a device of this network namespace: packet(7). */
final class PacketSocket {

    private static final int AF_PACKET = 17;
    private static final int SOCKADDR_LL = 20;
    private static final int IFINDEX = 4;

    private PacketSocket() {}

    static void send(int ifindex, byte[] frame) {
        try (Arena arena = Arena.ofConfined()) {
            Libc libc = new Libc(arena);
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, frame);
            MemorySegment address = arena.allocate(SOCKADDR_LL, 8);
            address.asByteBuffer()
                    .order(ByteOrder.nativeOrder())
                    .putShort(0, (short) AF_PACKET)
                    .putInt(IFINDEX, ifindex);
            int fd = libc.call("socket", AF_PACKET, Libc.SOCK_RAW, 0);
            int sent = libc.call("sendto", fd, bytes.address(), frame.length, 0, address.address(), SOCKADDR_LL);
            int errno = libc.errno();
            libc.call("close", fd);
            if (sent < 0) {
                throw new AssertionError("the frame was not sent, errno " + errno);
            }
        }
    }
}
