package dev.heddle.node.ffm.netlink;

/**
 * A program that a clsact qdisc runs for a device's packets.
 *
 * @param egress whether for those that leave by the device; else for those that arrive
 * @param handle the filter's number among those of its priority
 * @param name what whoever attached it calls it
 * @param programId the kernel's number of the program
 */
public record BpfFilter(int ifindex, boolean egress, int priority, int handle, String name, int programId) {}
