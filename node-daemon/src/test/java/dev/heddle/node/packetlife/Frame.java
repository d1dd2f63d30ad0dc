package dev.heddle.node.packetlife;

/** Bytes on their way from one to another. */
interface Frame {

    Cast source();

    Cast destination();

    /** From the Ethernet header on. */
    byte[] bytes();
}
