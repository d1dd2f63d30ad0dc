package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.layout.BackendKeyLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.layout.ServiceLayout;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.ServiceAddress;
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
    private final Map<ServiceAddress, BackendSet> sets = new HashMap<>();
    private int nextSet = 1;

    /** A set of backends as a service points to it. */
    private record BackendSet(int id, int size) {}

    ServiceMaps(Pinned pinned) {
        services = pinned.map(KernelMap.SERVICES);
        backends = pinned.map(KernelMap.BACKENDS);
    }

    /** Reads everything back, and removes sets that an interrupted change left behind. */
    Map<ServiceAddress, List<Backend>> read() {
        sets.clear();
        services.batch()
                .scan(
                        CHUNK,
                        (key, value) -> sets.put(
                                ServiceBytes.service(key),
                                new BackendSet(value.getInt((int) ServiceLayout.BACKEND_SET), value.getInt((int)
                                        ServiceLayout.BACKENDS))));
        Map<Integer, Map<Integer, Backend>> members = new HashMap<>();
        backends.batch()
                .scan(
                        CHUNK,
                        (key, value) -> members.computeIfAbsent(
                                        key.getInt((int) BackendKeyLayout.BACKEND_SET), id -> new TreeMap<>())
                                .put(key.getInt((int) BackendKeyLayout.SLOT), ServiceBytes.backend(value)));
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
                slots.keySet().forEach(slot -> backends.delete(ServiceBytes.backendKey(id, slot)));
            }
        });
        return Map.copyOf(found);
    }

    /** A put that fails, as when a map is full, leaves the service as it was. */
    void put(ServiceAddress service, List<Backend> members) {
        BackendSet fresh = new BackendSet(nextSet++, members.size());
        try {
            for (int slot = 0; slot < members.size(); slot++) {
                backends.put(ServiceBytes.backendKey(fresh.id(), slot), ServiceBytes.backend(members.get(slot)));
            }
            services.put(
                    ServiceBytes.serviceKey(service),
                    ServiceBytes.content(ServiceBytes.buffer(ServiceLayout.SIZE)
                            .putInt((int) ServiceLayout.BACKEND_SET, fresh.id())
                            .putInt((int) ServiceLayout.BACKENDS, fresh.size())));
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
