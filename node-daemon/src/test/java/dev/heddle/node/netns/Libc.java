package dev.heddle.node.netns;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** Calls of the C library by name, with numbers and addresses of memory. */
final class Libc {

    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;

    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDTIMEO = 21;
    private static final long[] TWO_SECONDS = {2, 0};
    private static final Linker LINKER = Linker.nativeLinker();

    private final MemorySegment captured;
    private final MemorySegment patience;

    /** Usable as long as the arena is. */
    Libc(Arena arena) {
        captured = arena.allocate(Linker.Option.captureStateLayout());
        patience = arena.allocateFrom(ValueLayout.JAVA_LONG, TWO_SECONDS);
    }

    /** What the function returns. */
    @SuppressWarnings("restricted")
    int call(String function, long... arguments) {
        ValueLayout[] types = new ValueLayout[arguments.length];
        Arrays.fill(types, ValueLayout.JAVA_LONG);
        MethodHandle handle = LINKER.downcallHandle(
                        LINKER.defaultLookup().findOrThrow(function),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, types),
                        Linker.Option.captureCallState("errno"))
                .bindTo(captured);
        try {
            return (int)
                    handle.invokeWithArguments(Arrays.stream(arguments).boxed().toArray());
        } catch (Throwable t) {
            throw new AssertionError(function, t);
        }
    }

    /** Of the last call that failed. */
    int errno() {
        return captured.get(ValueLayout.JAVA_INT, 0);
    }

    /** Every later call for this socket gives up after two seconds. */
    void givesUp(int socket) {
        for (int option : new int[] {SO_RCVTIMEO, SO_SNDTIMEO}) {
            call("setsockopt", socket, SOL_SOCKET, option, patience.address(), patience.byteSize());
        }
    }
}
