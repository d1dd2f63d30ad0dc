package dev.heddle.node.desired;

import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.kernel.Slot;
import org.jspecify.annotations.Nullable;

/**
 * A pod's interface on this node.
 *
 * @param sandbox the runtime's id of the sandbox
 * @param ifName name inside the sandbox
 * @param uid of the pod; null when the runtime does not say
 * @param ifindex of the host-side device
 * @param device its name
 * @param mac inside the sandbox, 12 hexadecimal digits, or empty
 * @param netns path of the sandbox's network namespace; null when an earlier daemon did not keep it
 */
public record PodInterface(
        String sandbox,
        String ifName,
        String namespace,
        String pod,
        @Nullable String uid,
        int ifindex,
        String device,
        PodAddresses addresses,
        String mac,
        @Nullable String netns) {

    /** {@code sandbox/ifName}: unique on a node. */
    public String id() {
        return sandbox + "/" + ifName;
    }

    Slot slot(boolean closed) {
        return new Slot(ifindex, addresses, mac, closed);
    }
}
