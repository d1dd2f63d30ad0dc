package dev.heddle.node.packetlife;

/** Which addresses packets have. */
enum Family {
    IPV4,
    IPV6
}
