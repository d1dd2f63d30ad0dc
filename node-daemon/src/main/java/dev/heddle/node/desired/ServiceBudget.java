package dev.heddle.node.desired;

import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceTarget;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How much of all services one node translates. When there are more, the older ones stay, so that no new Service takes
 * anything from those that work.
 *
 * @param addresses service addresses and ports
 * @param backends of all of them together; while one changes it has two sets, so this leaves room for a second of the
 *     largest
 * @param backendsOfOne of one address and port
 */
record ServiceBudget(int addresses, int backends, int backendsOfOne) {

    /** See {@code enum service_size} in bpf/src/abi/service.h. */
    static final ServiceBudget OF_THE_KERNEL_MAPS = new ServiceBudget(65_536, 196_608, 65_536);

    /**
     * What fits.
     *
     * @param refused by the name of the service, why it is left out
     */
    record Spent(Map<ServiceAddress, ServiceTarget> targets, Map<String, String> refused) {}

    /**
     * Takes services in order as long as they fit.
     *
     * @param services by name, each with all its addresses
     * @param order what names are sorted by
     */
    Spent spend(Map<String, Map<ServiceAddress, ServiceTarget>> services, UnaryOperator<String> order) {
        Map<ServiceAddress, ServiceTarget> targets = new HashMap<>();
        Map<String, String> refused = new TreeMap<>();
        int members = 0;
        for (String name : inOrder(services, order)) {
            Map<ServiceAddress, ServiceTarget> own = services.getOrDefault(name, Map.of());
            int needed = 0;
            int largest = 0;
            for (ServiceTarget target : own.values()) {
                needed += target.backends().size();
                largest = Math.max(largest, target.backends().size());
            }
            if (largest > backendsOfOne) {
                refused.put(name, largest + " endpoints of one port are more than " + backendsOfOne);
            } else if (targets.size() + own.size() > addresses || members + needed > backends) {
                refused.put(
                        name,
                        "older Services left room for " + (addresses - targets.size()) + " addresses and "
                                + (backends - members) + " endpoints, it needs " + own.size() + " and " + needed);
            } else {
                targets.putAll(own);
                members += needed;
            }
        }
        return new Spent(targets, Map.copyOf(refused));
    }

    /** Sorted only when order matters: all of them fit on almost every node. */
    private List<String> inOrder(
            Map<String, Map<ServiceAddress, ServiceTarget>> services, UnaryOperator<String> order) {
        long needed = 0;
        long places = 0;
        for (Map<ServiceAddress, ServiceTarget> own : services.values()) {
            places += own.size();
            for (ServiceTarget target : own.values()) {
                needed += target.backends().size();
            }
        }
        return places <= addresses && needed <= backends
                ? List.copyOf(services.keySet())
                : services.keySet().stream().sorted(Comparator.comparing(order)).toList();
    }
}
