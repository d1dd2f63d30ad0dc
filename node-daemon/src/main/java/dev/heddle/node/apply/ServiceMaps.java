package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.layout.Backend4KeyLayout;
import dev.heddle.node.ffm.layout.Backend4Layout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.layout.Service4KeyLayout;
import dev.heddle.node.ffm.layout.Service4Layout;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.ServiceAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Services and their backends in the kernel. A change is a new set of backends: it is written whole, then the service
 * points to it, then the old set goes. Whoever connects meanwhile meets one of the two.
 */
final class ServiceMaps {

    private static final int CHUNK = 4096;

    private final BpfMap services;
    private final BpfMap backends;
    private final Map<ServiceAddress, Set4> sets = new HashMap<>();
    private int nextSet = 1;

    /** A set of backends as a service points to it. */
    private record Set4(int id, int size) {}

    ServiceMaps(Pinned pinned) {
        services = pinned.map(KernelMap.SERVICES4);
        backends = pinned.map(KernelMap.BACKENDS4);
    }

    /** Reads everything back, and removes sets that an interrupted change left behind. */
    Map<ServiceAddress, List<Backend>> read() {
        sets.clear();
        services.batch()
                .scan(
                        CHUNK,
                        (key, value) -> sets.put(
                                new ServiceAddress(
                                        ipv4(key, Service4KeyLayout.ADDRESS),
                                        port(key, Service4KeyLayout.PORT),
                                        key.get((int) Service4KeyLayout.PROTOCOL) & 0xff),
                                new Set4(value.getInt((int) Service4Layout.BACKEND_SET), value.getInt((int)
                                        Service4Layout.BACKENDS))));
        Map<Integer, Map<Integer, Backend>> members = new HashMap<>();
        backends.batch()
                .scan(
                        CHUNK,
                        (key, value) -> members.computeIfAbsent(
                                        key.getInt((int) Backend4KeyLayout.BACKEND_SET), id -> new TreeMap<>())
                                .put(
                                        key.getInt((int) Backend4KeyLayout.SLOT),
                                        new Backend(
                                                ipv4(value, Backend4Layout.ADDRESS),
                                                port(value, Backend4Layout.PORT))));
        Map<ServiceAddress, List<Backend>> found = new HashMap<>();
        Set<Integer> used = new HashSet<>();
        sets.forEach((service, set) -> {
            used.add(set.id());
            nextSet = Math.max(nextSet, set.id() + 1);
            found.put(
                    service,
                    List.copyOf(members.getOrDefault(set.id(), Map.of()).values()));
        });
        members.forEach((id, slots) -> {
            if (!used.contains(id)) {
                slots.keySet().forEach(slot -> backends.delete(backendKey(id, slot)));
            }
        });
        return Map.copyOf(found);
    }

    void put(ServiceAddress service, List<Backend> members) {
        Set4 fresh = new Set4(nextSet++, members.size());
        for (int slot = 0; slot < members.size(); slot++) {
            backends.put(backendKey(fresh.id(), slot), value(members.get(slot)));
        }
        services.put(
                serviceKey(service),
                content(buffer(Service4Layout.SIZE)
                        .putInt((int) Service4Layout.BACKEND_SET, fresh.id())
                        .putInt((int) Service4Layout.BACKENDS, fresh.size())));
        removeBackends(sets.put(service, fresh));
    }

    void remove(ServiceAddress service) {
        services.delete(serviceKey(service));
        removeBackends(sets.remove(service));
    }

    private void removeBackends(@org.jspecify.annotations.Nullable Set4 set) {
        if (set != null) {
            List<byte[]> keys = new ArrayList<>();
            for (int slot = 0; slot < set.size(); slot++) {
                keys.add(backendKey(set.id(), slot));
            }
            keys.forEach(backends::delete);
        }
    }

    private static byte[] serviceKey(ServiceAddress service) {
        ByteBuffer key = buffer(Service4KeyLayout.SIZE);
        putIpv4(key, Service4KeyLayout.ADDRESS, service.address());
        putPort(key, Service4KeyLayout.PORT, service.port());
        key.put((int) Service4KeyLayout.PROTOCOL, (byte) service.protocol());
        return content(key);
    }

    private static byte[] backendKey(int set, int slot) {
        return content(buffer(Backend4KeyLayout.SIZE)
                .putInt((int) Backend4KeyLayout.BACKEND_SET, set)
                .putInt((int) Backend4KeyLayout.SLOT, slot));
    }

    private static byte[] value(Backend backend) {
        ByteBuffer value = buffer(Backend4Layout.SIZE);
        putIpv4(value, Backend4Layout.ADDRESS, backend.address());
        putPort(value, Backend4Layout.PORT, backend.port());
        return content(value);
    }

    private static byte[] content(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }

    private static ByteBuffer buffer(long size) {
        return ByteBuffer.allocate((int) size).order(ByteOrder.nativeOrder());
    }

    private static void putIpv4(ByteBuffer buffer, long offset, Ipv4 address) {
        buffer.order(ByteOrder.BIG_ENDIAN).putInt((int) offset, address.bits()).order(ByteOrder.nativeOrder());
    }

    private static void putPort(ByteBuffer buffer, long offset, int port) {
        buffer.order(ByteOrder.BIG_ENDIAN).putShort((int) offset, (short) port).order(ByteOrder.nativeOrder());
    }

    private static Ipv4 ipv4(ByteBuffer buffer, long offset) {
        byte[] octets = new byte[4];
        buffer.get((int) offset, octets);
        return Ipv4.of(octets);
    }

    private static int port(ByteBuffer buffer, long offset) {
        return ((buffer.get((int) offset) & 0xff) << 8) | (buffer.get((int) offset + 1) & 0xff);
    }
}
