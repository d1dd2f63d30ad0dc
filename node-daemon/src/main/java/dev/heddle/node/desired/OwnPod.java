package dev.heddle.node.desired;

import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A pod of this node, as far as policy goes.
 *
 * @param labels all of them, those that identities leave out too
 * @param address the first in its status, of either family; empty until the kubelet reports it
 * @param hostNetwork it has no device of its own, so that no policy applies to it
 * @param finished it will not run again
 */
public record OwnPod(
        String namespace,
        String name,
        String uid,
        Map<String, String> labels,
        List<NamedPort> ports,
        String address,
        boolean hostNetwork,
        boolean finished) {

    public OwnPod {
        labels = Map.copyOf(labels);
        ports = List.copyOf(ports);
    }

    /** Whether these are the addresses that the kubelet reports of it. */
    public boolean isAt(PodAddresses addresses) {
        return !address.isEmpty() && addresses.contains(Address.parse(address));
    }

    public Identity identity() {
        return Identity.of(namespace, labels, ports);
    }

    /** Pods that no rule tells apart share this, so that a second replica needs no compile. */
    LocalEndpoint endpoint() {
        String id = namespace + " " + new TreeMap<>(labels) + " " + ports;
        return new LocalEndpoint(id, namespace, labels, ports);
    }
}
