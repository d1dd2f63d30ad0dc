package dev.heddle.node.ffm.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of one netlink message, by their type. */
record Attributes(Map<Integer, ByteBuffer> values) {
    private static final int HEADER = 4;
    private static final int TYPE_MASK = 0x3fff;

    static Attributes parse(ByteBuffer bytes) {
        Map<Integer, ByteBuffer> values = new HashMap<>();
        int at = 0;
        while (at + HEADER <= bytes.limit()) {
            int length = bytes.getShort(at) & 0xffff;
            if (length < HEADER || at + length > bytes.limit()) {
                break;
            }
            ByteBuffer value = bytes.slice(at + HEADER, length - HEADER).order(ByteOrder.nativeOrder());
            values.put(bytes.getShort(at + 2) & TYPE_MASK, value);
            at += (length + 3) & -4;
        }
        return new Attributes(values);
    }

    /** The attributes inside one; none when it is not there. */
    Attributes nested(int type) {
        ByteBuffer value = values.get(type);
        return value == null ? new Attributes(Map.of()) : parse(value);
    }

    /** 0 when it is not there. */
    int number(int type) {
        ByteBuffer value = values.get(type);
        return value == null || value.limit() < Integer.BYTES ? 0 : value.getInt(0);
    }

    /** Empty when it is not there. */
    String text(int type) {
        byte[] bytes = bytes(type);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
    }

    byte @Nullable [] bytes(int type) {
        ByteBuffer value = values.get(type);
        if (value == null) {
            return null;
        }
        byte[] bytes = new byte[value.limit()];
        value.get(0, bytes);
        return bytes;
    }
}
