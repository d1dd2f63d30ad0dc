package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.layout.Ct4KeyLayout;
import dev.heddle.node.ffm.layout.Ct6KeyLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import java.util.List;

/** The kernel's flows, a table for each family. */
final class FlowTables {

    private final Table ipv4;
    private final Table ipv6;

    /**
     * Flows of one family.
     *
     * @param protocolAt offset of the protocol in a key
     */
    record Table(BpfMap map, int protocolAt) {}

    FlowTables(Pinned pinned) {
        ipv4 = new Table(pinned.map(KernelMap.CONNTRACK4), (int) Ct4KeyLayout.PROTOCOL);
        ipv6 = new Table(pinned.map(KernelMap.CONNTRACK6), (int) Ct6KeyLayout.PROTOCOL);
    }

    List<Table> all() {
        return List.of(ipv4, ipv6);
    }

    /** The table in which the flow is. */
    BpfMap of(OpenFlow flow) {
        return switch (flow.local()) {
            case Ipv4 local -> ipv4.map();
            case Ipv6 local -> ipv6.map();
        };
    }

    /** Who writes more than one entry holds this, so that no two do so at once. */
    Object lock() {
        return ipv4.map();
    }
}
