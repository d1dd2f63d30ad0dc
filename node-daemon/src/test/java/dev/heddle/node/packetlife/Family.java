package dev.heddle.node.packetlife;

/** Which addresses packets have. */
public enum Family {
    IPV4,
    IPV6
}
