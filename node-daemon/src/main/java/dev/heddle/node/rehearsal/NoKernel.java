package dev.heddle.node.rehearsal;

import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.DeviceLink;
import dev.heddle.node.kernel.Kernel;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.kernel.PeerStore;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceNode;
import dev.heddle.node.kernel.ServiceTarget;
import dev.heddle.node.kernel.Slot;
import dev.heddle.node.kernel.SocketHook;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.Subjects;
import java.util.Map;

/** A kernel that agrees to everything and does nothing. */
final class NoKernel implements Kernel {
    @Override
    public Observed observe() {
        return Observed.NOTHING;
    }

    @Override
    public void writeStandby(Image image, Map<Integer, Subjects> subjects, int revision) {}

    @Override
    public void flip(int revision) {}

    @Override
    public void awaitGracePeriod() {}

    @Override
    public void storePeer(PeerStore store) {}

    @Override
    public void storeSlot(Slot slot, Subjects subjects, Image image) {}

    @Override
    public void seedFlows(Slot slot, String namespace) {}

    @Override
    public void closeSlot(Slot slot) {}

    @Override
    public void clearSlot(Slot slot) {}

    @Override
    public void attach(DeviceLink link) {}

    @Override
    public void detach(DeviceLink link) {}

    @Override
    public void attach(SocketHook hook) {}

    @Override
    public void putService(ServiceAddress service, ServiceTarget target) {}

    @Override
    public void removeService(ServiceAddress service) {}

    @Override
    public void putServiceNode(Address address, ServiceNode node) {}

    @Override
    public void removeServiceNode(Address address) {}

    @Override
    public void putNodeAddress(Address address) {}

    @Override
    public void removeNodeAddress(Address address) {}

    @Override
    public void collect() {}

    @Override
    public void close() {}
}
