package dev.heddle.node.cni;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Bytes between plugin and daemon; {@code src/cni/README.md} has the format. Numbers are big endian. */
final class WireFormat {
    private static final int MAGIC = 0x48444c31; // "HDL1"
    private static final int MAX_ENVIRONMENT = 1 << 20;
    private static final int MAX_CONFIG = 16 << 20;

    private WireFormat() {}

    /** @param environment the {@code CNI_*} variables */
    record Request(Map<String, String> environment, String config) {}

    record Answer(int exitCode, String text) {}

    static Request read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("the plugin speaks another version: install the one of this daemon");
        }
        int environmentLength = bounded("environment", in.readInt(), MAX_ENVIRONMENT);
        int configLength = bounded("configuration", in.readInt(), MAX_CONFIG);
        return new Request(environment(text(in, environmentLength)), text(in, configLength));
    }

    static ByteBuffer encode(Answer answer) {
        byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(12 + text.length)
                .putInt(MAGIC)
                .putInt(answer.exitCode())
                .putInt(text.length)
                .put(text)
                .flip();
    }

    private static int bounded(String what, int length, int most) throws IOException {
        if (length < 0 || length > most) {
            throw new IOException(what + " of " + Integer.toUnsignedString(length) + " bytes, at most " + most);
        }
        return length;
    }

    private static String text(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length); // allocates as bytes arrive, so a lying length costs nothing
        if (bytes.length < length) {
            throw new EOFException("request broke off");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Map<String, String> environment(String packed) {
        Map<String, String> environment = new HashMap<>();
        for (String entry : packed.split("\0", -1)) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                environment.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return Map.copyOf(environment);
    }
}
