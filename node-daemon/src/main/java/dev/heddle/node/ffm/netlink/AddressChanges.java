package dev.heddle.node.ffm.netlink;

import dev.heddle.node.ffm.NetlinkException;
import dev.heddle.node.ffm.sys.Errno;
import dev.heddle.node.ffm.sys.Fd;
import dev.heddle.node.ffm.sys.Syscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Tells when an address of this network namespace comes or goes. One thread waits. Source: rtnetlink(7), multicast groups. */
public final class AddressChanges implements AutoCloseable {
    private static final int RTMGRP_IPV4_IFADDR = 0x10;
    private static final int RTMGRP_IPV6_IFADDR = 0x100;
    /** {@code struct sockaddr_nl}: family, padding, port, groups. */
    private static final int SOCKET_ADDRESS = 12;

    private static final int GROUPS_AT = 8;
    private static final int BUFFER = 8 * 1024;

    private final Fd fd;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(BUFFER, 8);

    private AddressChanges(Fd fd) {
        this.fd = fd;
    }

    /** Changes after this are not missed. */
    public static AddressChanges open() {
        AddressChanges changes = new AddressChanges(NetlinkSocket.openRoute());
        changes.subscribe();
        return changes;
    }

    private void subscribe() {
        MemorySegment address = buffer.asSlice(0, SOCKET_ADDRESS).fill((byte) 0);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) NetlinkSocket.AF_NETLINK);
        address.set(ValueLayout.JAVA_INT, GROUPS_AT, RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR);
        long result = Syscall.BIND.call(fd.number(), address.address(), SOCKET_ADDRESS);
        if (result < 0) {
            close();
            throw new NetlinkException("subscribe to", (int) -result, "addresses", "");
        }
    }

    /** Returns when something has changed since the last time, or has been forgotten because there was too much of it. */
    public void await() {
        long result = NetlinkSocket.receive(fd, buffer);
        if (result < 0 && result != -Errno.ENOBUFS) {
            throw new NetlinkException("read changes of", (int) -result, "addresses", "");
        }
    }

    @Override
    public void close() {
        fd.close();
        arena.close();
    }
}
