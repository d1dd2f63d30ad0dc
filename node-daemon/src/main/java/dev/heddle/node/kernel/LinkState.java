package dev.heddle.node.kernel;

/** How a pinned link is found. */
public enum LinkState {
    /** In place, with the program of this daemon. */
    CURRENT,
    /** In place, with a program of another build: to be replaced without a gap. */
    OUTDATED,
    /** Its device is gone; only the pin is left. */
    SEVERED
}
