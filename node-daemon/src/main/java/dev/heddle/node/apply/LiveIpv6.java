package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.AddressPage6Layout;
import dev.heddle.node.ffm.layout.AddressRoot6Layout;
import dev.heddle.node.ffm.layout.EndpointLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.policy.rule.Cidr;
import java.util.Arrays;
import java.util.function.Function;

/** IPv6: a stride of 16 bits, then pages of one byte each that say what the bits before them must be. */
final class LiveIpv6 implements LiveAddresses {

    private static final int BYTES = 16;

    private final MappedArray endpoints;
    private final MappedArray root;
    private final MappedArray pages;
    private final BpfMap nodeAddresses;

    LiveIpv6(Function<KernelMap, BpfMap> maps, MappedArray endpoints) {
        this.endpoints = endpoints;
        root = MappedArray.of(maps.apply(KernelMap.ADDRESS_ROOT6));
        pages = MappedArray.of(maps.apply(KernelMap.ADDRESS_PAGES6));
        nodeAddresses = maps.apply(KernelMap.NODE_ADDRESSES6);
    }

    @Override
    public boolean isOf(int slot, Cidr address) {
        return Arrays.equals(endpoints.read(slot, EndpointLayout.IPV6, BYTES), address.address());
    }

    @Override
    public boolean isOfNode(Cidr address) {
        return nodeAddresses.lookup(address.address()).isPresent();
    }

    @Override
    public int peer(int half, Cidr address) {
        int entry = root.getIntAcquire(
                half, AddressRoot6Layout.ENTRY + Integer.BYTES * (address.high() >>> (Long.SIZE - Short.SIZE)));
        for (int step = 0; step < Abi.ADDRESS_STEPS6; step++) {
            if (!AddressTree.isPage(entry)) {
                return entry & Abi.ADDRESS_PEER_MASK;
            }
            long page = (entry & Abi.ADDRESS_PAGE_MASK) * AddressPage6Layout.SIZE;
            if (differs(half, page, 0, address.high()) || differs(half, page, 1, address.low())) {
                return pages.getInt(half, page + AddressPage6Layout.OTHERWISE) & Abi.ADDRESS_PEER_MASK;
            }
            long word = (entry & Abi.ADDRESS_IN_SECOND_HALF) == 0 ? address.high() : address.low();
            long index = (word >>> ((entry >>> Abi.ADDRESS_FOLLOWING_SHIFT) & 63)) & 0xff;
            entry = pages.getIntAcquire(half, page + AddressPage6Layout.ENTRY + Integer.BYTES * index);
        }
        return AddressTree.isPage(entry) ? Abi.PEER_PENDING : entry & Abi.ADDRESS_PEER_MASK;
    }

    /** Whether one word of an address is not what a page says of the bits before its own. */
    private boolean differs(int half, long page, int word, long bits) {
        long place = page + (long) Long.BYTES * word;
        long before = pages.getLong(half, place + AddressPage6Layout.BEFORE);
        return ((bits ^ before) & pages.getLong(half, place + AddressPage6Layout.MASK)) != 0;
    }

    @Override
    public void close() {
        root.close();
        pages.close();
    }
}
