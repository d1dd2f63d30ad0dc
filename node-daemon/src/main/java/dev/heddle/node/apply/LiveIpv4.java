package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.AddressPagesLayout;
import dev.heddle.node.ffm.layout.AddressRootLayout;
import dev.heddle.node.ffm.layout.EndpointLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.policy.rule.Cidr;
import java.util.Arrays;
import java.util.function.Function;

/** IPv4: a tree with strides of 16, 8 and 8 bits. */
final class LiveIpv4 implements LiveAddresses {

    private final MappedArray endpoints;
    private final MappedArray root;
    private final MappedArray pages;
    private final BpfMap nodeAddresses;

    LiveIpv4(Function<KernelMap, BpfMap> maps, MappedArray endpoints) {
        this.endpoints = endpoints;
        root = MappedArray.of(maps.apply(KernelMap.ADDRESS_ROOT));
        pages = MappedArray.of(maps.apply(KernelMap.ADDRESS_PAGES));
        nodeAddresses = maps.apply(KernelMap.NODE_ADDRESSES);
    }

    @Override
    public boolean isOf(int slot, Cidr address) {
        return Arrays.equals(endpoints.read(slot, EndpointLayout.IPV4, Integer.BYTES), address.address());
    }

    @Override
    public boolean isOfNode(Cidr address) {
        return nodeAddresses.lookup(address.address()).isPresent();
    }

    @Override
    public int peer(int half, Cidr address) {
        int bits = address.ipv4Address();
        int entry = root.getIntAcquire(half, AddressRootLayout.ENTRY + (long) Integer.BYTES * (bits >>> 16));
        entry = follow(half, entry, bits >>> 8);
        entry = follow(half, entry, bits);
        return entry & Abi.ADDRESS_PEER_MASK;
    }

    private int follow(int half, int entry, int bits) {
        return AddressTree.isPage(entry)
                ? pages.getIntAcquire(
                        half, AddressPagesLayout.ENTRY + (long) Integer.BYTES * AddressTree.indexIn(entry, bits))
                : entry;
    }

    @Override
    public void close() {
        root.close();
        pages.close();
    }
}
