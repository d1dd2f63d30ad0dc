package dev.heddle.node.kernel;

/** Whose an address is at which node ports are. */
public enum ServiceNode {
    THIS,
    OTHER
}
