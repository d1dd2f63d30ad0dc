package dev.heddle.node.kernel;

/**
 * A service's virtual address and port.
 *
 * @param protocol IANA number
 */
public record ServiceAddress(Ipv4 address, int port, int protocol) {}
