package dev.heddle.node.plan;

import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.DeviceLink;
import dev.heddle.node.kernel.PeerStore;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceNode;
import dev.heddle.node.kernel.ServiceTarget;
import dev.heddle.node.kernel.Slot;
import dev.heddle.node.kernel.SocketHook;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.Subjects;
import java.util.Map;

/** One step towards the desired kernel state. Steps are executed in the order given, each safe to stop after. */
public sealed interface Step {

    /**
     * Writes the half that is not live.
     *
     * @param subjects by ifindex, of every device that will have a slot
     */
    record WriteImage(Image image, Map<Integer, Subjects> subjects, int revision) implements Step {}

    record Flip(int revision) implements Step {}

    record AwaitGracePeriod() implements Step {}

    record StorePeer(PeerStore store) implements Step {}

    record StoreSlot(Slot slot, Subjects subjects, Image image) implements Step {}

    /** Makes a pod's open connections known before a direction of it closes, see {@code Kernel.seedFlows}. */
    record SeedFlows(Slot slot, String namespace) implements Step {}

    /** Drops everything from and to a device whose pod is not known. */
    record CloseSlot(Slot slot) implements Step {}

    record ClearSlot(Slot slot) implements Step {}

    record Attach(DeviceLink link) implements Step {}

    record Detach(DeviceLink link) implements Step {}

    record AttachSocket(SocketHook hook) implements Step {}

    record PutService(ServiceAddress service, ServiceTarget target) implements Step {}

    record RemoveService(ServiceAddress service) implements Step {}

    record PutServiceNode(Address address, ServiceNode node) implements Step {}

    record RemoveServiceNode(Address address) implements Step {}

    record PutNodeAddress(Address address) implements Step {}

    record RemoveNodeAddress(Address address) implements Step {}
}
