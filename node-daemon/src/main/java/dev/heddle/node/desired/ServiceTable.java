package dev.heddle.node.desired;

import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceTarget;
import dev.heddle.node.kernel.Services;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The cluster's services and the endpoints behind them. */
public final class ServiceTable {

    /**
     * One port of a service.
     *
     * @param name joins it to the ports of its endpoint slices; may be empty
     * @param protocol IANA number
     * @param nodePort 0 without one
     */
    public record Port(String name, int port, int protocol, int nodePort) {}

    /**
     * A service as far as it is translated.
     *
     * @param addresses its ClusterIPs, one of each of its families; none: nothing is translated
     * @param internalLocal {@code internalTrafficPolicy: Local}: the ClusterIP leads to this node's endpoints only
     * @param created when, as text that sorts by time
     * @param affinitySeconds {@code sessionAffinity: ClientIP}: how long after its last connection a client meets the same
     *     endpoint; 0 without
     * @param externalLocal {@code externalTrafficPolicy: Local}: a node port leads to the addressed node's endpoints only
     */
    public record Service(
            String created,
            List<Address> addresses,
            List<Port> ports,
            int affinitySeconds,
            boolean internalLocal,
            boolean externalLocal) {}

    /**
     * One address behind a service.
     *
     * @param ready it takes new connections
     * @param ending it terminates and still serves: used when none is ready
     * @param node the name of its node; empty when it has none
     */
    public record Endpoint(Address address, boolean ready, boolean ending, String node) {}

    /**
     * Endpoints of one service with their ports.
     *
     * @param ports port numbers by name and protocol, as {@code name/protocol number}
     */
    public record Slice(String service, Map<String, Integer> ports, List<Endpoint> endpoints) {}

    private final Map<String, Service> services = new HashMap<>();
    private final Map<String, Map<String, Slice>> slices = new HashMap<>();
    private final Map<String, String> serviceOfSlice = new HashMap<>();
    private final Map<String, Map<ServiceAddress, ServiceTarget>> computed = new TreeMap<>();
    private final ServiceBudget budget;
    private NodePortAddresses nodes;
    private Map<String, String> refused = Map.of();
    private Services all = Services.NONE;
    private boolean changed;

    /** Knows no service yet. */
    ServiceTable(String node) {
        this(node, ServiceBudget.OF_THE_KERNEL_MAPS);
    }

    ServiceTable(String node, ServiceBudget budget) {
        this.budget = budget;
        nodes = NodePortAddresses.none(node);
    }

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

    /** The nodes as they are now. */
    void nodes(NodePortAddresses now) {
        if (!nodes.equals(now)) {
            nodes = now;
            changed = true;
            services.forEach((name, service) -> {
                if (service.externalLocal()) {
                    recompute(name);
                }
            });
        }
    }

    /** Where every address leads; the same object as long as nothing changed. */
    Services translated() {
        if (changed) {
            ServiceBudget.Spent spent = budget.spend(computed, name -> created(name) + " " + name);
            all = new Services(spent.targets(), nodes.all());
            refused = spent.refused();
            changed = false;
        }
        return all;
    }

    /** Services that are not translated, by {@code namespace/name}, and why; as of the last {@link #translated}. */
    public Map<String, String> refused() {
        return refused;
    }

    /** Whose an address is, for people: {@code namespace/name}. */
    public Optional<String> nameOf(ServiceAddress address) {
        return computed.entrySet().stream()
                .filter(service -> service.getValue().containsKey(address))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private String created(String name) {
        Service service = services.get(name);
        return service == null ? "" : service.created();
    }

    private void recompute(String name) {
        Service service = services.get(name);
        Map<ServiceAddress, ServiceTarget> next = service == null
                ? Map.of()
                : ServiceTargets.of(
                        name, service, slices.getOrDefault(name, Map.of()).values(), nodes);
        Map<ServiceAddress, ServiceTarget> before = next.isEmpty() ? computed.remove(name) : computed.put(name, next);
        changed |= !next.equals(before == null ? Map.of() : before);
    }
}
