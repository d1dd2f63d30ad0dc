package dev.heddle.node.desired;

import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.ServiceNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The addresses at which node ports are.
 *
 * @param node this one's name
 * @param own its addresses
 * @param others those of every other node by its name, in order
 */
record NodePortAddresses(String node, Set<Address> own, Map<String, Set<Address>> others) {

    static NodePortAddresses none(String node) {
        return new NodePortAddresses(node, Set.of(), Map.of());
    }

    /** An address that two claim is this node's first. */
    Map<Address, ServiceNode> all() {
        Map<Address, ServiceNode> all = new HashMap<>();
        others.values().forEach(addresses -> addresses.forEach(address -> all.put(address, ServiceNode.OTHER)));
        own.forEach(address -> all.put(address, ServiceNode.THIS));
        return all;
    }

    /** Addresses of another node that are not this one's too. */
    Set<Address> of(String other) {
        Set<Address> found = new HashSet<>(others.getOrDefault(other, Set.of()));
        found.removeAll(own);
        return found;
    }
}
