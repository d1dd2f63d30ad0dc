package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.Features;

/** How programs are attached to pods' devices. */
public enum DeviceAttachment {
    /** By links: nobody detaches them by mistake, and they come before everybody else. Kernel 6.6. */
    TCX,
    /** By filters of clsact qdiscs. Every kernel. */
    CLSACT;

    /** The better one that this kernel has. */
    public static DeviceAttachment ofKernel() {
        return Features.ofKernel().tcx() ? TCX : CLSACT;
    }
}
