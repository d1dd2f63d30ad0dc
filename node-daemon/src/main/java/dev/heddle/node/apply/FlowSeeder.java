package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.netlink.SocketTable;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.kernel.Slot;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the connections that a pod has open into the flow table, within the pod's budget. An entry that is there keeps
 * what it says; one that would soon be forgotten is only remembered anew, because its socket is there.
 */
final class FlowSeeder {

    private static final Logger LOG = LoggerFactory.getLogger(FlowSeeder.class);
    private static final int MOST_SOCKETS = 4 * FlowLimits.BUDGET;

    private final FlowTables tables;
    private final SlotTable slots;

    FlowSeeder(Pinned pinned, SlotTable slots) {
        tables = new FlowTables(pinned);
        this.slots = slots;
    }

    void seed(Slot slot, Path namespace) {
        SocketTable table = sockets(namespace, slot.addresses());
        boolean whole = table.whole();
        synchronized (tables.lock()) {
            whole &= seed(slot, OpenFlow.of(slot.addresses(), table));
        }
        if (!whole) {
            LOG.warn(
                    "the pod at {} has more connections than flows may be known; some that are not TCP may be cut",
                    slot.addresses());
        }
    }

    private static SocketTable sockets(Path namespace, PodAddresses addresses) {
        Set<InetAddress> from = addresses.all().stream()
                .map(address -> InetAddress.ofLiteral(address.toString()))
                .collect(Collectors.toSet());
        try {
            return SocketTable.read(namespace, from, MOST_SOCKETS);
        } catch (dev.heddle.node.ffm.KernelException e) {
            throw new KernelException(
                    "connections that the pod at " + addresses + " has open may be cut: " + e.getMessage(), e);
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
            BpfMap flows = tables.of(flow);
            byte[] key = FlowEntry.key(flow);
            Optional<FlowEntry> there = flows.lookup(key).map(FlowEntry::of);
            FlowEntry seed = FlowEntry.seeded(flow, slot.ifindex(), incarnation, now);
            if (there.isPresent() && there.get().isAsGoodAs(seed, flow.protocol(), now)) {
                remember(flow, there.get(), now);
            } else if (added >= room) {
                whole = false;
            } else {
                there.ifPresent(old -> flows.delete(key));
                added += flows.putIfAbsent(key, seed.bytes()) ? 1 : 0;
            }
        }
        slots.charge(slot.ifindex(), added);
        if (!whole) {
            slots.noRoom(slot.ifindex(), now);
        }
        LOG.debug("{} flows of the pod at {} became known from its sockets", added, slot.addresses());
        return whole;
    }

    /** Only what would soon be forgotten is written: a program may change the entry at the same time. */
    private void remember(OpenFlow flow, FlowEntry entry, long now) {
        if (entry.left(flow.protocol(), now) < entry.lifetime(flow.protocol()) / 2) {
            tables.of(flow).put(FlowEntry.key(flow), entry.seenAt(now).bytes());
        }
    }
}
