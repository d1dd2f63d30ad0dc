package dev.heddle.node.kernel;

/**
 * A single store into the address tree.
 *
 * @param peer the peer id
 * @param peerClass its class in the live image
 * @param verdictClass its verdict class there
 */
public record PeerStore(Address address, int peer, int peerClass, int verdictClass) {}
