package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.BackendKeyLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.layout.MemberKeyLayout;
import dev.heddle.node.ffm.layout.ServiceLayout;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Affinity;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceNode;
import dev.heddle.node.kernel.ServiceTarget;
import dev.heddle.node.kernel.Services;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Services and their backends in the kernel. A change is a new set of backends: it is written whole, then the service
 * points to it, then the old set goes. Whoever connects meanwhile meets one of the two.
 */
final class ServiceMaps {

    private static final int CHUNK = 4096;

    private final BpfMap services;
    private final BpfMap backends;
    private final BpfMap members;
    private final BpfMap nodes;
    private final ServiceFilter filter;
    private final Map<ServiceAddress, BackendSet> sets = new HashMap<>();
    private int nextSet = 1;

    /** A set of backends as a service points to it. */
    private record BackendSet(int id, ServiceTarget target) {
        boolean hasMembers() {
            return !target.affinity().equals(Affinity.NONE);
        }
    }

    /** @param control the mapped map of that name */
    ServiceMaps(Pinned pinned, MappedArray control) {
        services = pinned.map(KernelMap.SERVICES);
        backends = pinned.map(KernelMap.BACKENDS);
        members = pinned.map(KernelMap.MEMBERS);
        nodes = pinned.map(KernelMap.SERVICE_NODES);
        filter = new ServiceFilter(control);
    }

    /** Reads everything back, and removes sets that an interrupted change left behind. */
    Services read() {
        Map<Integer, Map<Integer, Backend>> slots = new HashMap<>();
        backends.batch()
                .scan(
                        CHUNK,
                        (key, value) -> slots.computeIfAbsent(
                                        key.getInt((int) BackendKeyLayout.BACKEND_SET), id -> new TreeMap<>())
                                .put(key.getInt((int) BackendKeyLayout.SLOT), ServiceBytes.backend(value)));
        sets.clear();
        services.batch().scan(CHUNK, (key, value) -> {
            int id = value.getInt((int) ServiceLayout.BACKEND_SET);
            List<Backend> found = List.copyOf(slots.getOrDefault(id, Map.of()).values());
            sets.put(ServiceBytes.service(key), new BackendSet(id, ServiceBytes.target(value, found)));
            nextSet = Math.max(nextSet, id + 1);
        });
        Set<Integer> used = sets.values().stream().map(BackendSet::id).collect(Collectors.toSet());
        slots.forEach((id, each) -> {
            if (!used.contains(id)) {
                each.keySet().forEach(slot -> backends.delete(ServiceBytes.backendKey(id, slot)));
            }
        });
        List<byte[]> left = new ArrayList<>();
        members.batch().scan(CHUNK, (key, value) -> {
            if (!used.contains(key.getInt((int) MemberKeyLayout.BACKEND_SET))) {
                byte[] member = new byte[(int) MemberKeyLayout.SIZE];
                key.get(0, member);
                left.add(member);
            }
        });
        left.forEach(members::delete);
        Map<ServiceAddress, ServiceTarget> targets = new HashMap<>();
        sets.forEach((service, set) -> targets.put(service, set.target()));
        Map<Address, ServiceNode> addresses = readNodes();
        targets.keySet().forEach(service -> filter.admit(service, addresses.containsKey(service.address())));
        filter.begin();
        return new Services(targets, addresses);
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
        BackendSet fresh = new BackendSet(nextSet++, target);
        try {
            write(fresh);
            filter.admit(
                    service,
                    nodes.lookup(ServiceBytes.address(service.address())).isPresent());
            services.put(ServiceBytes.serviceKey(service), ServiceBytes.value(fresh.id(), target));
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

    private void write(BackendSet set) {
        int slot = 0;
        for (Backend backend : set.target().backends()) {
            backends.put(ServiceBytes.backendKey(set.id(), slot++), ServiceBytes.backend(backend));
            if (set.hasMembers()) {
                members.put(ServiceBytes.memberKey(set.id(), backend), SlotTable.nativeInt(1));
            }
        }
    }

    private void removeBackends(@Nullable BackendSet set) {
        if (set != null) {
            int slot = 0;
            for (Backend backend : set.target().backends()) {
                backends.delete(ServiceBytes.backendKey(set.id(), slot++));
                if (set.hasMembers()) {
                    members.delete(ServiceBytes.memberKey(set.id(), backend));
                }
            }
        }
    }
}
