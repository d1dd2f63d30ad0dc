package dev.heddle.node.desired;

import dev.heddle.node.desired.ServiceTable.Endpoint;
import dev.heddle.node.desired.ServiceTable.Port;
import dev.heddle.node.desired.ServiceTable.Service;
import dev.heddle.node.desired.ServiceTable.Slice;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceTarget;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Where the addresses of one service lead. Source: core/v1 ServiceSpec and discovery.k8s.io/v1 EndpointSlice.
 *
 * <p>A connection to a node port of another node is taken to a backend at once, without that node; so with {@code
 * externalTrafficPolicy: Local} it goes to those that the addressed node has, as if it had been there.
 */
final class ServiceTargets {

    private final Service service;
    private final Collection<Slice> slices;
    private final NodePortAddresses nodes;
    private final Map<ServiceAddress, ServiceTarget> targets = new HashMap<>();

    private ServiceTargets(Service service, Collection<Slice> slices, NodePortAddresses nodes) {
        this.service = service;
        this.slices = slices;
        this.nodes = nodes;
    }

    /** Every address of the service. */
    static Map<ServiceAddress, ServiceTarget> of(Service service, Collection<Slice> slices, NodePortAddresses nodes) {
        ServiceTargets all = new ServiceTargets(service, slices, nodes);
        for (Port port : service.ports()) {
            for (Address address : service.addresses()) {
                all.clusterIp(address, port);
                if (port.nodePort() != 0) {
                    all.nodePort(address, port);
                }
            }
        }
        return Map.copyOf(all.targets);
    }

    private void clusterIp(Address address, Port port) {
        targets.put(
                new ServiceAddress(address, port.port(), port.protocol()),
                ServiceTarget.of(
                        backends(address, port, service.internalLocal() ? onNode(nodes.node()) : endpoint -> true)));
    }

    private void nodePort(Address family, Port port) {
        ServiceAddress everywhere = ServiceAddress.nodePort(family, port.nodePort(), port.protocol());
        if (!service.externalLocal()) {
            targets.put(everywhere, ServiceTarget.of(backends(family, port, endpoint -> true)));
            return;
        }
        targets.put(everywhere, new ServiceTarget(backends(family, port, onNode(nodes.node())), true));
        for (String node : nodesWithEndpoints()) {
            List<Backend> backends = backends(family, port, onNode(node));
            for (Address address : nodes.of(node)) {
                if (address.isOfFamily(family) && !backends.isEmpty()) {
                    targets.put(
                            new ServiceAddress(address, port.nodePort(), port.protocol()), ServiceTarget.of(backends));
                }
            }
        }
    }

    private Set<String> nodesWithEndpoints() {
        Set<String> names = new TreeSet<>();
        slices.forEach(slice -> slice.endpoints().forEach(endpoint -> names.add(endpoint.node())));
        names.remove(nodes.node());
        return names;
    }

    /** Of the family's endpoints those that are ready; when none is, those that still serve. */
    private List<Backend> backends(Address family, Port port, Predicate<Endpoint> admitted) {
        TreeSet<Backend> ready = new TreeSet<>();
        TreeSet<Backend> serving = new TreeSet<>();
        for (Slice slice : slices) {
            Integer target = slice.ports().get(ServiceTable.portKey(port.name(), port.protocol()));
            if (target == null) {
                continue;
            }
            for (Endpoint endpoint : slice.endpoints()) {
                if (!endpoint.address().isOfFamily(family) || !admitted.test(endpoint)) {
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

    private static Predicate<Endpoint> onNode(String name) {
        return endpoint -> endpoint.node().equals(name);
    }
}
