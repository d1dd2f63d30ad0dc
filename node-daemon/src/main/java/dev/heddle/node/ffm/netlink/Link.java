package dev.heddle.node.ffm.netlink;

import org.jspecify.annotations.Nullable;

/**
 * A network device.
 *
 * @param index its ifindex
 * @param kind {@code veth}, {@code bridge} ...; empty for physical devices and the loopback
 * @param peerIndex for a veth the other end's ifindex, in that one's namespace; 0 for a device without
 * @param master ifindex of the bridge it belongs to, or 0
 * @param up whether it is switched on
 * @param mac null for a device without a hardware address of 6 bytes
 */
public record Link(
        int index,
        String name,
        String kind,
        int peerIndex,
        int master,
        boolean up,
        @Nullable MacAddress mac) {}
