package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.BackendKeyLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.layout.ServiceLayout;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceNode;
import dev.heddle.node.kernel.ServiceTarget;
import dev.heddle.node.kernel.Services;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Services and their backends in the kernel. A change is a new set of backends: it is written whole, then the service
 * points to it, then the old set goes. Whoever connects meanwhile meets one of the two.
 */
final class ServiceMaps {

    private static final int CHUNK = 4096;

    private final BpfMap services;
    private final BpfMap backends;
    private final BpfMap nodes;
    private final Map<ServiceAddress, BackendSet> sets = new HashMap<>();
    private int nextSet = 1;

    /** A set of backends as a service points to it. */
    private record BackendSet(int id, int size, int flags) {}

    ServiceMaps(Pinned pinned) {
        services = pinned.map(KernelMap.SERVICES);
        backends = pinned.map(KernelMap.BACKENDS);
        nodes = pinned.map(KernelMap.SERVICE_NODES);
    }

    /** Reads everything back, and removes sets that an interrupted change left behind. */
    Services read() {
        sets.clear();
        services.batch()
                .scan(
                        CHUNK,
                        (key, value) -> sets.put(
                                ServiceBytes.service(key),
                                new BackendSet(
                                        value.getInt((int) ServiceLayout.BACKEND_SET),
                                        value.getInt((int) ServiceLayout.BACKENDS),
                                        value.getInt((int) ServiceLayout.FLAGS))));
        Map<Integer, Map<Integer, Backend>> members = new HashMap<>();
        backends.batch()
                .scan(
                        CHUNK,
                        (key, value) -> members.computeIfAbsent(
                                        key.getInt((int) BackendKeyLayout.BACKEND_SET), id -> new TreeMap<>())
                                .put(key.getInt((int) BackendKeyLayout.SLOT), ServiceBytes.backend(value)));
        Map<ServiceAddress, ServiceTarget> found = new HashMap<>();
        Set<Integer> used = new HashSet<>();
        sets.forEach((service, set) -> {
            used.add(set.id());
            nextSet = Math.max(nextSet, set.id() + 1);
            found.put(
                    service,
                    new ServiceTarget(
                            List.copyOf(members.getOrDefault(set.id(), Map.of()).values()),
                            (set.flags() & Abi.SERVICE_THIS_NODE) != 0));
        });
        members.forEach((id, slots) -> {
            if (!used.contains(id)) {
                slots.keySet().forEach(slot -> backends.delete(ServiceBytes.backendKey(id, slot)));
            }
        });
        return new Services(found, readNodes());
    }

    private Map<Address, ServiceNode> readNodes() {
        Map<Address, ServiceNode> found = new HashMap<>();
        nodes.batch()
                .scan(
                        CHUNK,
                        (key, value) -> found.put(
                                ServiceBytes.address(key, 0),
                                value.getInt(0) == Abi.SERVICE_NODE_THIS ? ServiceNode.THIS : ServiceNode.OTHER));
        return found;
    }

    void put(Address address, ServiceNode node) {
        int whose = switch (node) {
            case THIS -> Abi.SERVICE_NODE_THIS;
            case OTHER -> Abi.SERVICE_NODE_OTHER;
        };
        nodes.put(ServiceBytes.address(address), SlotTable.nativeInt(whose));
    }

    void remove(Address address) {
        nodes.delete(ServiceBytes.address(address));
    }

    /** A put that fails, as when a map is full, leaves the service as it was. */
    void put(ServiceAddress service, ServiceTarget target) {
        List<Backend> members = target.backends();
        BackendSet fresh = new BackendSet(nextSet++, members.size(), target.onlyThisNode() ? Abi.SERVICE_THIS_NODE : 0);
        try {
            for (int slot = 0; slot < members.size(); slot++) {
                backends.put(ServiceBytes.backendKey(fresh.id(), slot), ServiceBytes.backend(members.get(slot)));
            }
            services.put(
                    ServiceBytes.serviceKey(service),
                    ServiceBytes.content(ServiceBytes.buffer(ServiceLayout.SIZE)
                            .putInt((int) ServiceLayout.BACKEND_SET, fresh.id())
                            .putInt((int) ServiceLayout.BACKENDS, fresh.size())
                            .putInt((int) ServiceLayout.FLAGS, fresh.flags())));
        } catch (RuntimeException e) {
            removeBackends(fresh);
            throw e;
        }
        removeBackends(sets.put(service, fresh));
    }

    void remove(ServiceAddress service) {
        services.delete(ServiceBytes.serviceKey(service));
        removeBackends(sets.remove(service));
    }

    private void removeBackends(@Nullable BackendSet set) {
        if (set != null) {
            for (int slot = 0; slot < set.size(); slot++) {
                backends.delete(ServiceBytes.backendKey(set.id(), slot));
            }
        }
    }
}
