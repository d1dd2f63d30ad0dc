package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.ControlLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Ipv4;
import java.util.HashSet;
import java.util.Set;

/** This node's own addresses in the kernel, with the filter in front of them. */
final class NodeAddresses {

    private final BpfMap addresses;
    private final MappedArray control;

    NodeAddresses(Pinned pinned, MappedArray control) {
        addresses = pinned.map(KernelMap.NODE_ADDRESSES);
        this.control = control;
    }

    /** Reads back all; an interrupted put may have left out the filter, so that is made up for. */
    Set<Ipv4> read() {
        Set<Ipv4> found = new HashSet<>();
        addresses.batch().scan(Abi.NODE_ADDRESS_ENTRIES, (key, value) -> {
            byte[] octets = new byte[4];
            key.get(0, octets);
            found.add(Ipv4.of(octets));
        });
        found.forEach(this::setFilter);
        return found;
    }

    void put(Ipv4 address) {
        addresses.put(SlotTable.bytes(address), SlotTable.nativeInt(1));
        setFilter(address);
    }

    /** The filter keeps its bit: another address may share it, and a bit too many only costs a look. */
    void remove(Ipv4 address) {
        addresses.delete(SlotTable.bytes(address));
    }

    private void setFilter(Ipv4 address) {
        int bit = (address.bits() * Abi.NODE_FILTER_MULTIPLIER) >>> Abi.NODE_FILTER_SHIFT;
        long word = ControlLayout.NODE_FILTER + 8L * (bit / 64);
        control.setLongRelease(0, word, control.getLong(0, word) | (1L << (bit & 63)));
        control.setIntRelease(0, ControlLayout.NODE_FILTER_USED, 1);
    }
}
