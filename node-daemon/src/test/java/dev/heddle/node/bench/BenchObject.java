package dev.heddle.node.bench;

import dev.heddle.node.ffm.elf.ObjectFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The compiled programs of {@code bpf/src/bench}. */
public final class BenchObject {
    private static final Path OBJECTS = Path.of("..", "bpf", "target", "bench");

    private BenchObject() {}

    /** The object that was compiled from {@code NAME.bpf.c}. */
    public static ObjectFile of(String name) throws IOException {
        return ObjectFile.of(name, Files.readAllBytes(OBJECTS.resolve(name + ".bpf.o")));
    }

    /** 32 bits in native order, as constants, keys and values are. */
    public static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }
}
