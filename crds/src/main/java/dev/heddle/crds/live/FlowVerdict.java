package dev.heddle.crds.live;

/** What became of a packet. */
public enum FlowVerdict {
    /** It passed a hook, and begins a flow there. */
    ALLOWED,
    /** A hook dropped it. */
    DROPPED
}
