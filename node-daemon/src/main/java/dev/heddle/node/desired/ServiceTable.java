package dev.heddle.node.desired;

import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.ServiceAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** ClusterIP services and the backends behind them. */
public final class ServiceTable {

    /**
     * One port of a service.
     *
     * @param name joins it to the ports of its endpoint slices; may be empty
     */
    public record Port(String name, int port, int protocol) {}

    /**
     * A service that has virtual addresses.
     *
     * @param localOnly {@code internalTrafficPolicy: Local}: only backends on this node
     */
    public record Service(List<Address> addresses, List<Port> ports, boolean localOnly) {}

    /**
     * One address behind a service.
     *
     * @param ready it takes new connections; when no endpoint is, those that still serve are used
     */
    public record Endpoint(Address address, boolean ready, boolean serving, boolean local) {}

    /**
     * Endpoints of one service with their ports.
     *
     * @param ports port numbers by name and protocol, as {@code name/protocol number}
     */
    public record Slice(String service, Map<String, Integer> ports, List<Endpoint> endpoints) {}

    private final Map<String, Service> services = new HashMap<>();
    private final Map<String, Map<String, Slice>> slices = new HashMap<>();
    private final Map<String, String> serviceOfSlice = new HashMap<>();
    private final Map<String, Map<ServiceAddress, List<Backend>>> computed = new TreeMap<>();
    private Map<ServiceAddress, List<Backend>> all = Map.of();
    private boolean changed;

    /**
     * A service as it is now.
     *
     * @param name {@code namespace/name}
     */
    public void service(String name, Service service) {
        services.put(name, service);
        recompute(name);
    }

    public void serviceGone(String name) {
        services.remove(name);
        recompute(name);
    }

    /**
     * An endpoint slice as it is now.
     *
     * @param id {@code namespace/name} of the slice; its service is {@code namespace/name} too
     */
    public void slice(String id, Slice slice) {
        String before = serviceOfSlice.put(id, slice.service());
        if (before != null && !before.equals(slice.service())) {
            slices.getOrDefault(before, new HashMap<>()).remove(id);
            recompute(before);
        }
        slices.computeIfAbsent(slice.service(), key -> new HashMap<>()).put(id, slice);
        recompute(slice.service());
    }

    public void sliceGone(String id) {
        String service = serviceOfSlice.remove(id);
        if (service != null) {
            Map<String, Slice> left = slices.getOrDefault(service, new HashMap<>());
            left.remove(id);
            if (left.isEmpty()) {
                slices.remove(service);
            }
            recompute(service);
        }
    }

    /** How a slice names a port. */
    public static String portKey(String name, int protocol) {
        return name + "/" + protocol;
    }

    /** The backends of each service address, sorted; the same object as long as nothing changed. */
    Map<ServiceAddress, List<Backend>> backends() {
        if (changed) {
            Map<ServiceAddress, List<Backend>> next = new HashMap<>();
            computed.values().forEach(next::putAll);
            all = Map.copyOf(next);
            changed = false;
        }
        return all;
    }

    private void recompute(String name) {
        Map<ServiceAddress, List<Backend>> next = compute(name);
        Map<ServiceAddress, List<Backend>> before = next.isEmpty() ? computed.remove(name) : computed.put(name, next);
        changed |= !next.equals(before == null ? Map.of() : before);
    }

    private Map<ServiceAddress, List<Backend>> compute(String name) {
        Service service = services.get(name);
        if (service == null) {
            return Map.of();
        }
        Map<ServiceAddress, List<Backend>> result = new HashMap<>();
        for (Port port : service.ports()) {
            for (Address address : service.addresses()) {
                result.put(
                        new ServiceAddress(address, port.port(), port.protocol()),
                        backends(name, address, port, service.localOnly()));
            }
        }
        return result;
    }

    /** Endpoints of the address's own family: an endpoint slice has one family. */
    private List<Backend> backends(String name, Address address, Port port, boolean localOnly) {
        TreeSet<Backend> ready = new TreeSet<>();
        TreeSet<Backend> serving = new TreeSet<>();
        for (Slice slice : slices.getOrDefault(name, Map.of()).values()) {
            Integer target = slice.ports().get(portKey(port.name(), port.protocol()));
            if (target == null) {
                continue;
            }
            for (Endpoint endpoint : slice.endpoints()) {
                if (!endpoint.address().isOfFamily(address) || (localOnly && !endpoint.local())) {
                    continue;
                }
                Backend backend = new Backend(endpoint.address(), target);
                if (endpoint.ready()) {
                    ready.add(backend);
                } else if (endpoint.serving()) {
                    serving.add(backend);
                }
            }
        }
        return List.copyOf(ready.isEmpty() ? serving : ready);
    }
}
