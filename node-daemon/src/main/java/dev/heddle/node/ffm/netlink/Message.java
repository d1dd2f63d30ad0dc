package dev.heddle.node.ffm.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes one request: header, fixed part, then attributes, which may nest. Source: rtnetlink(7), sock_diag(7). */
final class Message {
    static final int REQUEST = 1;
    static final int ACK = 4;
    static final int DUMP = 0x300;
    static final int CREATE = 0x400;
    static final int EXCLUSIVE = 0x200;

    static final int NEW_LINK = 16;
    static final int DEL_LINK = 17;
    static final int GET_LINK = 18;
    static final int NEW_ADDRESS = 20;
    static final int GET_ADDRESS = 22;
    static final int SOCKETS_BY_FAMILY = 20;
    static final int NEW_QDISC = 36;
    static final int GET_QDISC = 38;
    static final int NEW_FILTER = 44;
    static final int DEL_FILTER = 45;
    static final int GET_FILTER = 46;

    private static final int CAPACITY = 1024;
    private static final int HEADER = 16;
    private static final int SOCKET_ID = 48;

    private final ByteBuffer bytes = ByteBuffer.allocate(CAPACITY).order(ByteOrder.nativeOrder());

    Message(int type, int flags) {
        bytes.putInt(0)
                .putShort((short) type)
                .putShort((short) (flags | REQUEST))
                .putLong(0);
    }

    /** {@code struct ifinfomsg}. */
    Message link(int index, int flags, int changed) {
        bytes.putInt(0).putInt(index).putInt(flags).putInt(changed);
        return this;
    }

    /** {@code struct ifaddrmsg}. */
    Message address(int family, int prefixLength, int index) {
        bytes.put((byte) family).put((byte) prefixLength).putShort((short) 0).putInt(index);
        return this;
    }

    /** {@code struct tcmsg}. */
    Message traffic(int index, int handle, int parent, int info) {
        bytes.putInt(0).putInt(index).putInt(handle).putInt(parent).putInt(info);
        return this;
    }

    /** {@code struct inet_diag_req_v2}, for any socket of these states. */
    Message sockets(int family, int protocol, int states) {
        bytes.put((byte) family).put((byte) protocol).putShort((short) 0).putInt(states);
        bytes.position(bytes.position() + SOCKET_ID);
        return this;
    }

    Message attribute(int type, int value) {
        return attribute(
                type,
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putInt(value)
                        .array());
    }

    Message attribute(int type, String value) {
        return attribute(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
    }

    Message attribute(int type, byte[] value) {
        bytes.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        return aligned();
    }

    /** Begins an attribute that holds others; pass the result to {@link #end}. */
    int begin(int type) {
        int start = bytes.position();
        bytes.putShort((short) 0).putShort((short) type);
        return start;
    }

    Message end(int start) {
        bytes.putShort(start, (short) (bytes.position() - start));
        return this;
    }

    private Message aligned() {
        bytes.position((bytes.position() + 3) & -4);
        return this;
    }

    /** The finished request. */
    byte[] bytes(int sequence) {
        bytes.putInt(0, bytes.position()).putInt(HEADER - 8, sequence);
        byte[] message = new byte[bytes.position()];
        bytes.get(0, message);
        return message;
    }
}
