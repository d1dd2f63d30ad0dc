package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.ControlLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Address;
import java.nio.ByteBuffer;
import java.util.Set;

/** This node's own addresses in the kernel, with the filter in front of them. */
final class NodeAddresses {

    private static final int THERE = 1;

    private final AddressMap addresses;
    private final MappedArray control;

    NodeAddresses(Pinned pinned, MappedArray control) {
        addresses = new AddressMap(pinned, KernelMap.NODE_ADDRESSES, KernelMap.NODE_ADDRESSES6);
        this.control = control;
    }

    /** Reads back all; an interrupted put may have left out the filter, so that is made up for. */
    Set<Address> read() {
        Set<Address> found = addresses.read().keySet();
        found.forEach(this::setFilter);
        return found;
    }

    void put(Address address) {
        addresses.put(address, THERE);
        setFilter(address);
    }

    /** The filter keeps its bit: another address may share it, and a bit too many only costs a look. */
    void remove(Address address) {
        addresses.remove(address);
    }

    private void setFilter(Address address) {
        int bit = filterBit(address);
        long word = ControlLayout.NODE_FILTER + 8L * (bit / 64);
        control.setLongRelease(0, word, control.getLong(0, word) | (1L << (bit & 63)));
        control.setIntRelease(0, ControlLayout.NODE_FILTER_USED, 1);
    }

    /** Which bit of the filter says that the address may be there. */
    static int filterBit(Address address) {
        ByteBuffer words = ByteBuffer.wrap(address.octets());
        int folded = 0;
        while (words.hasRemaining()) {
            folded ^= words.getInt();
        }
        return (folded * Abi.NODE_FILTER_MULTIPLIER) >>> Abi.NODE_FILTER_SHIFT;
    }
}
