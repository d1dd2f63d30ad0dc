package dev.heddle.node.plan;

import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.PeerStore;
import dev.heddle.node.kernel.Services;
import dev.heddle.node.kernel.Slot;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.Subjects;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What should be in force.
 *
 * @param image in force when the live one is this very object
 * @param pods every device that must be under policy, by ifindex
 * @param peers addresses that changed hands since the image was compiled and are not stored yet
 * @param services in force when the observed ones are equal
 * @param translateServices whether service addresses are translated at connect time
 */
public record Desired(
        Image image,
        Map<Integer, PodDevice> pods,
        List<PeerStore> peers,
        Services services,
        Set<Address> nodeAddresses,
        boolean translateServices) {

    /**
     * A device and the subjects that its pod has in the image.
     *
     * @param namespace path of the pod's network namespace; null when it is not known
     */
    public record PodDevice(
            Slot slot, Subjects subjects, @Nullable String namespace) {}
}
