package dev.heddle.node.kernel;

/**
 * A service's virtual address and port, of either family.
 *
 * @param protocol IANA number
 */
public record ServiceAddress(Address address, int port, int protocol) {}
