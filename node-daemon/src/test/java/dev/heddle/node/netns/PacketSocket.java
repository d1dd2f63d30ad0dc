package dev.heddle.node.netns;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Whole frames, as they are, from a device of this network namespace: packet(7). */
final class PacketSocket {

    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOCKADDR_LL = 20;
    private static final int IFINDEX = 4;
    private static final Linker LINKER = Linker.nativeLinker();

    private PacketSocket() {}

    static void send(int ifindex, byte[] frame) {
        long fd = call("socket", AF_PACKET, SOCK_RAW, 0);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, frame);
            MemorySegment address = arena.allocate(SOCKADDR_LL, 8);
            address.asByteBuffer()
                    .order(ByteOrder.nativeOrder())
                    .putShort(0, (short) AF_PACKET)
                    .putInt(IFINDEX, ifindex);
            call("sendto", fd, bytes.address(), frame.length, 0, address.address(), SOCKADDR_LL);
        } finally {
            call("close", fd);
        }
    }

    @SuppressWarnings("restricted")
    private static long call(String function, long... arguments) {
        ValueLayout[] types = new ValueLayout[arguments.length];
        Arrays.fill(types, ValueLayout.JAVA_LONG);
        try {
            int result = (int) LINKER.downcallHandle(
                            LINKER.defaultLookup().findOrThrow(function),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, types))
                    .invokeWithArguments(Arrays.stream(arguments).boxed().toArray());
            if (result < 0) {
                throw new AssertionError(function + " failed");
            }
            return result;
        } catch (Throwable t) {
            throw new AssertionError(function, t);
        }
    }
}
