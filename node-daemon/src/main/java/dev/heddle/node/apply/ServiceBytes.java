package dev.heddle.node.apply;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.AddressLayout;
import dev.heddle.node.ffm.layout.BackendKeyLayout;
import dev.heddle.node.ffm.layout.BackendLayout;
import dev.heddle.node.ffm.layout.MemberKeyLayout;
import dev.heddle.node.ffm.layout.ServiceKeyLayout;
import dev.heddle.node.ffm.layout.ServiceLayout;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Affinity;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceTarget;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Keys and values of the service maps, see {@code bpf/src/abi/service.h}. */
final class ServiceBytes {

    /** The low half of {@code ::ffff:0.0.0.0}: IPv4 addresses are written in this form (RFC 4291, 2.5.5.2). */
    private static final long MAPPED = 0xffff_0000_0000L;

    private static final long IPV4_BITS = 0xffff_ffffL;

    private ServiceBytes() {}

    static byte[] serviceKey(ServiceAddress service) {
        ByteBuffer key = buffer(ServiceKeyLayout.SIZE);
        putAddress(key, ServiceKeyLayout.ADDRESS, service.address());
        putPort(key, ServiceKeyLayout.PORT, service.port());
        return content(key.put((int) ServiceKeyLayout.PROTOCOL, (byte) service.protocol()));
    }

    static ServiceAddress service(ByteBuffer key) {
        return new ServiceAddress(
                address(key, ServiceKeyLayout.ADDRESS),
                port(key, ServiceKeyLayout.PORT),
                key.get((int) ServiceKeyLayout.PROTOCOL) & 0xff);
    }

    static byte[] value(int set, ServiceTarget target) {
        return content(buffer(ServiceLayout.SIZE)
                .putInt((int) ServiceLayout.BACKEND_SET, set)
                .putInt((int) ServiceLayout.BACKENDS, target.backends().size())
                .putInt((int) ServiceLayout.FLAGS, target.onlyThisNode() ? Abi.SERVICE_THIS_NODE : 0)
                .putInt((int) ServiceLayout.AFFINITY_SECONDS, target.affinity().seconds())
                .putLong((int) ServiceLayout.AFFINITY, target.affinity().service()));
    }

    static ServiceTarget target(ByteBuffer value, List<Backend> backends) {
        return new ServiceTarget(
                backends,
                (value.getInt((int) ServiceLayout.FLAGS) & Abi.SERVICE_THIS_NODE) != 0,
                new Affinity(value.getLong((int) ServiceLayout.AFFINITY), value.getInt((int)
                        ServiceLayout.AFFINITY_SECONDS)));
    }

    static byte[] memberKey(int set, Backend backend) {
        return content(buffer(MemberKeyLayout.SIZE)
                .put((int) MemberKeyLayout.BACKEND, backend(backend))
                .putInt((int) MemberKeyLayout.BACKEND_SET, set));
    }

    static byte[] backendKey(int set, int slot) {
        return content(buffer(BackendKeyLayout.SIZE)
                .putInt((int) BackendKeyLayout.BACKEND_SET, set)
                .putInt((int) BackendKeyLayout.SLOT, slot));
    }

    static byte[] backend(Backend backend) {
        ByteBuffer value = buffer(BackendLayout.SIZE);
        putAddress(value, BackendLayout.ADDRESS, backend.address());
        putPort(value, BackendLayout.PORT, backend.port());
        return content(value);
    }

    static Backend backend(ByteBuffer value) {
        return new Backend(address(value, BackendLayout.ADDRESS), port(value, BackendLayout.PORT));
    }

    static byte[] address(Address address) {
        ByteBuffer key = buffer(AddressLayout.SIZE);
        putAddress(key, 0, address);
        return content(key);
    }

    static byte[] content(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }

    static ByteBuffer buffer(long size) {
        return ByteBuffer.allocate((int) size).order(ByteOrder.nativeOrder());
    }

    private static void putAddress(ByteBuffer buffer, long offset, Address address) {
        Ipv6 written = switch (address) {
            case Ipv4(var bits) -> new Ipv6(0, MAPPED | Integer.toUnsignedLong(bits));
            case Ipv6 own -> own;
        };
        buffer.put((int) offset, written.octets());
    }

    static Address address(ByteBuffer buffer, long offset) {
        byte[] octets = new byte[16];
        buffer.get((int) offset, octets);
        Ipv6 read = Ipv6.of(octets);
        return read.high() == 0 && (read.low() & ~IPV4_BITS) == MAPPED ? new Ipv4((int) read.low()) : read;
    }

    private static void putPort(ByteBuffer buffer, long offset, int port) {
        buffer.put((int) offset, (byte) (port >> 8)).put((int) offset + 1, (byte) port);
    }

    private static int port(ByteBuffer buffer, long offset) {
        return ((buffer.get((int) offset) & 0xff) << 8) | (buffer.get((int) offset + 1) & 0xff);
    }
}
