package dev.heddle.node.kernel;

/**
 * What the kernel knows of one pod, apart from its policy.
 *
 * @param ifindex of the host-side device; two devices whose low 16 bits are equal cannot both have a slot
 * @param mac the pod's hardware address as 12 hexadecimal digits; empty when it is not checked
 * @param closed drops everything, both ways: a device whose pod is not known
 */
public record Slot(int ifindex, PodAddresses addresses, String mac, boolean closed) {

    /** The same pod, with nothing let through. */
    public Slot close() {
        return new Slot(ifindex, addresses, mac, true);
    }

    /** The index of this slot in the kernel's table. */
    public int index() {
        return ifindex & 0xffff;
    }
}
