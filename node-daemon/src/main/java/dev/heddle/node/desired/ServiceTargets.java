package dev.heddle.node.desired;

import dev.heddle.node.desired.ServiceTable.Endpoint;
import dev.heddle.node.desired.ServiceTable.Port;
import dev.heddle.node.desired.ServiceTable.Service;
import dev.heddle.node.desired.ServiceTable.Slice;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Affinity;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceTarget;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    private final String name;
    private final Service service;
    private final Collection<Slice> slices;
    private final NodePortAddresses nodes;
    private final Map<ServiceAddress, ServiceTarget> targets = new HashMap<>();

    private ServiceTargets(String name, Service service, Collection<Slice> slices, NodePortAddresses nodes) {
        this.name = name;
        this.service = service;
        this.slices = slices;
        this.nodes = nodes;
    }

    /**
     * Every address of the service.
     *
     * @param name {@code namespace/name}
     */
    static Map<ServiceAddress, ServiceTarget> of(
            String name, Service service, Collection<Slice> slices, NodePortAddresses nodes) {
        ServiceTargets all = new ServiceTargets(name, service, slices, nodes);
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
        List<Backend> backends =
                backends(address, port, service.internalLocal() ? onNode(nodes.node()) : endpoint -> true);
        targets.put(
                new ServiceAddress(address, port.port(), port.protocol()),
                new ServiceTarget(backends, false, affinity(address, port)));
    }

    private void nodePort(Address family, Port port) {
        Affinity affinity = affinity(family, port);
        boolean local = service.externalLocal();
        targets.put(
                ServiceAddress.nodePort(family, port.nodePort(), port.protocol()),
                new ServiceTarget(
                        backends(family, port, local ? onNode(nodes.node()) : endpoint -> true), local, affinity));
        for (String node : local ? nodesWithEndpoints() : Set.<String>of()) {
            List<Backend> backends = backends(family, port, onNode(node));
            for (Address address : nodes.of(node)) {
                if (address.isOfFamily(family) && !backends.isEmpty()) {
                    targets.put(
                            new ServiceAddress(address, port.nodePort(), port.protocol()),
                            new ServiceTarget(backends, false, affinity));
                }
            }
        }
    }

    /** The number is a hash, so that every address of the port has it, and a daemon that starts anew has the same. */
    private Affinity affinity(Address family, Port port) {
        if (service.affinitySeconds() == 0) {
            return Affinity.NONE;
        }
        String shared = name + " " + port.name() + " " + port.port() + " " + port.protocol() + " "
                + (family instanceof Ipv4 ? 4 : 6);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(shared.getBytes(StandardCharsets.UTF_8));
            return new Affinity(ByteBuffer.wrap(digest).getLong() | 1, service.affinitySeconds());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private Set<String> nodesWithEndpoints() {
        Set<String> names = new TreeSet<>();
        slices.forEach(slice -> slice.endpoints().forEach(endpoint -> names.add(endpoint.node())));
        names.remove(nodes.node());
        return names;
    }

    /** Of the family's endpoints those that are ready; when none is, those that terminate and still serve. */
    private List<Backend> backends(Address family, Port port, Predicate<Endpoint> admitted) {
        TreeSet<Backend> ready = new TreeSet<>();
        TreeSet<Backend> ending = new TreeSet<>();
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
                } else if (endpoint.ending()) {
                    ending.add(backend);
                }
            }
        }
        return List.copyOf(ready.isEmpty() ? ending : ready);
    }

    private static Predicate<Endpoint> onNode(String name) {
        return endpoint -> endpoint.node().equals(name);
    }
}
