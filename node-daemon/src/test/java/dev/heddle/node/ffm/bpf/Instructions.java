package dev.heddle.node.ffm.bpf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Puts together the few instructions that tests need, so that they need no compiler. Source: BPF ISA, RFC 9669. */
public final class Instructions {
    private static final int PSEUDO_MAP_FD = 1;
    private static final int PSEUDO_MAP_VALUE = 2;

    private final ByteArrayOutputStream code = new ByteArrayOutputStream();

    /** A program that returns this and does nothing else. */
    public static byte[] returning(int value) {
        return new Instructions().move(0, value).exit();
    }

    /** A program that returns the u32 at an offset of a mapped array's memory. */
    public static byte[] returningValueOf(BpfMap array, int offset) {
        return new Instructions()
                .loadAddress(1, PSEUDO_MAP_VALUE, array.fd().number(), offset)
                .emit(0x61, 0, 1, 0, 0) // r0 = *(u32 *)r1
                .exit();
    }

    /** A program that writes the two words (size, size + 1) as a record of 8 bytes into a ring, and returns 0. */
    public static byte[] writingTo(BpfMap ring, int word) {
        int ringbufOutput = 130;
        return new Instructions()
                .emit(0x62, 10, 0, -8, word) // *(u32 *)(r10 - 8) = word
                .emit(0x62, 10, 0, -4, word + 1)
                .loadAddress(1, PSEUDO_MAP_FD, ring.fd().number(), 0)
                .emit(0xbf, 2, 10, 0, 0) // r2 = r10
                .emit(0x07, 2, 0, 0, -8) // r2 += -8
                .move(3, 8)
                .move(4, 0)
                .emit(0x85, 0, 0, 0, ringbufOutput)
                .move(0, 0)
                .exit();
    }

    private Instructions move(int register, int value) {
        return emit(0xb7, register, 0, 0, value);
    }

    private Instructions loadAddress(int register, int pseudo, int fd, int offset) {
        return emit(0x18, register, pseudo, 0, fd).emit(0, 0, 0, 0, offset);
    }

    private byte[] exit() {
        return emit(0x95, 0, 0, 0, 0).code.toByteArray();
    }

    private Instructions emit(int opcode, int destination, int source, int offset, int immediate) {
        code.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) opcode)
                .put((byte) (source << 4 | destination))
                .putShort((short) offset)
                .putInt(immediate)
                .array());
        return this;
    }
}
