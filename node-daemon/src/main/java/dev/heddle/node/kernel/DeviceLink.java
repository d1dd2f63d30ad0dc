package dev.heddle.node.kernel;

/** A program's place on one device. */
public record DeviceLink(int ifindex, Hook hook) {
    @Override
    public String toString() {
        return hook.program() + " on device " + ifindex;
    }
}
