package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.netlink.SocketTable;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.kernel.Slot;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the connections that a pod has open into the flow table, within the pod's budget. An entry that is there keeps
 * what it says; one that would soon be forgotten is only remembered anew, because its socket is there.
 */
final class FlowSeeder {

    private static final Logger LOG = LoggerFactory.getLogger(FlowSeeder.class);
    private static final int MOST_SOCKETS = 4 * FlowLimits.BUDGET;

    private final BpfMap flows;
    private final SlotTable slots;

    FlowSeeder(Pinned pinned, SlotTable slots) {
        flows = pinned.map(KernelMap.CONNTRACK4);
        this.slots = slots;
    }

    void seed(Slot slot, Path namespace) {
        InetAddress address = InetAddress.ofLiteral(slot.address().toString());
        SocketTable table = sockets(namespace, address);
        boolean whole = table.whole();
        synchronized (flows) {
            whole &= seed(slot, OpenFlow.of(slot.address(), table));
        }
        if (!whole) {
            LOG.warn("the pod at {} has more connections than flows may be known; some may be cut", slot.address());
        }
    }

    private static SocketTable sockets(Path namespace, InetAddress address) {
        try {
            return SocketTable.read(namespace, address, MOST_SOCKETS);
        } catch (dev.heddle.node.ffm.KernelException e) {
            throw new KernelException(
                    "connections that the pod at " + address.getHostAddress() + " has open may be cut: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Returns whether there was room for all. */
    private boolean seed(Slot slot, List<OpenFlow> open) {
        int incarnation = slots.incarnation(slot.ifindex());
        long now = System.nanoTime(); // CLOCK_MONOTONIC, as the programs' time
        int room = FlowLimits.BUDGET - slots.usage(slot.ifindex());
        int added = 0;
        boolean whole = true;
        for (OpenFlow flow : open) {
            byte[] key = FlowEntry.key(flow);
            Optional<FlowEntry> there = flows.lookup(key).map(FlowEntry::of);
            FlowEntry seed = FlowEntry.seeded(flow, slot.ifindex(), incarnation, now);
            if (there.isPresent() && there.get().isAsGoodAs(seed, flow.protocol(), now)) {
                remember(key, there.get(), flow.protocol(), now);
            } else if (added >= room) {
                whole = false;
            } else {
                there.ifPresent(old -> flows.delete(key));
                added += flows.putIfAbsent(key, seed.bytes()) ? 1 : 0;
            }
        }
        slots.charge(slot.ifindex(), added);
        LOG.debug("{} flows of the pod at {} became known from its sockets", added, slot.address());
        return whole;
    }

    /** Only what would soon be forgotten is written: a program may change the entry at the same time. */
    private void remember(byte[] key, FlowEntry entry, int protocol, long now) {
        if (entry.left(protocol, now) < entry.lifetime(protocol) / 2) {
            flows.put(key, entry.seenAt(now).bytes());
        }
    }
}
