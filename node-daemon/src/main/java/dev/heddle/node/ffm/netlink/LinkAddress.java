package dev.heddle.node.ffm.netlink;

import java.net.InetAddress;

/**
 * An address of a device, IPv4 or IPv6.
 *
 * @param ifindex the device's
 */
public record LinkAddress(int ifindex, InetAddress address, int prefixLength) {}
