package dev.heddle.node.desired;

import dev.heddle.node.kernel.Address;
import dev.heddle.policy.compile.NodeView.ClusterNode;
import dev.heddle.policy.rule.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The nodes of the cluster as peers: this one always, others while some rule asks for nodes. */
public final class ClusterNodes {

    private record Known(Map<String, String> labels, Set<Cidr> addresses) {
        static final Known NOTHING = new Known(Map.of(), Set.of());
    }

    private final String own;
    private final Map<String, Known> nodes = new TreeMap<>();
    private Set<Cidr> devices = Set.of();
    private @Nullable NodePortAddresses portAddresses;
    private boolean ownChanged;
    private boolean changed;

    ClusterNodes(String own) {
        this.own = own;
    }

    /**
     * A node as it is now.
     *
     * @param addresses those in its status
     */
    public void node(String name, Map<String, String> labels, Collection<Cidr> addresses) {
        Known now = new Known(Map.copyOf(labels), Set.copyOf(addresses));
        Known before = nodes.put(name, now);
        changed |= !now.equals(before);
        portAddresses = now.equals(before) ? portAddresses : null;
        ownChanged |=
                name.equals(own) && !now.addresses().equals((before == null ? Known.NOTHING : before).addresses());
    }

    public void gone(String name) {
        if (nodes.remove(name) != null) {
            changed = true;
            portAddresses = null;
        }
    }

    /** The addresses of this node's devices. */
    void devices(Set<Cidr> addresses) {
        if (!addresses.equals(devices)) {
            ownChanged = true;
            portAddresses = null;
        }
        devices = Set.copyOf(addresses);
    }

    /**
     * Whether something changed since the last call that tables tell apart.
     *
     * @param asked whether rules ask for nodes
     */
    boolean takeRecompile(BooleanSupplier asked) {
        boolean taken = ownChanged || (changed && asked.getAsBoolean());
        ownChanged = false;
        changed = false;
        return taken;
    }

    /** Where node ports are; the same object as long as nothing changed. */
    NodePortAddresses portAddresses() {
        NodePortAddresses now = portAddresses;
        if (now == null) {
            Map<String, Set<Address>> others = new TreeMap<>();
            nodes.forEach((name, node) -> others.put(name, addresses(node.addresses())));
            others.remove(own);
            Set<Cidr> mine =
                    new HashSet<>(nodes.getOrDefault(own, Known.NOTHING).addresses());
            mine.addAll(devices);
            now = new NodePortAddresses(own, addresses(mine), others);
            portAddresses = now;
        }
        return now;
    }

    private static Set<Address> addresses(Set<Cidr> hosts) {
        return hosts.stream().map(host -> Address.of(host.address())).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether an address is a node's. */
    boolean have(Cidr address) {
        return devices.contains(address)
                || nodes.values().stream().anyMatch(node -> node.addresses().contains(address));
    }

    /** This node, also before it is known, and all others. */
    public List<ClusterNode> all() {
        List<ClusterNode> all = new ArrayList<>();
        nodes.forEach((name, node) -> {
            if (!name.equals(own)) {
                all.add(new ClusterNode(node.labels(), List.copyOf(node.addresses()), false));
            }
        });
        Known self = nodes.getOrDefault(own, Known.NOTHING);
        Set<Cidr> addresses = new HashSet<>(self.addresses());
        addresses.addAll(devices);
        all.add(new ClusterNode(self.labels(), List.copyOf(addresses), true));
        return all;
    }
}
