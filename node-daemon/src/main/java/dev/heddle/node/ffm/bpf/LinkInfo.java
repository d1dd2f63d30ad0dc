package dev.heddle.node.ffm.bpf;

/** An attachment as the kernel reports it. */
public sealed interface LinkInfo {
    /** The kernel's number of this link. */
    int id();

    /** The number of the program that runs now. */
    int programId();

    /** Whether what it was attached to is gone; such a link does nothing and can only be closed. */
    boolean severed();

    /** On a device, by tcx. */
    record Tcx(int id, int programId, int ifindex, AttachType attachType) implements LinkInfo {
        @Override
        public boolean severed() {
            return ifindex == 0;
        }
    }

    /** On a cgroup. */
    record Cgroup(int id, int programId, long cgroupId, AttachType attachType) implements LinkInfo {
        @Override
        public boolean severed() {
            return cgroupId == 0;
        }
    }

    /** Of a kind Heddle does not make. */
    record Other(int id, int programId, int kind) implements LinkInfo {
        @Override
        public boolean severed() {
            return false;
        }
    }
}
