package dev.heddle.node.apply;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps account of what is asked of it, and refuses what it is told to. */
final class RecordingKernel implements Kernel {

    private final List<String> done = new ArrayList<>();
    private final Map<String, RuntimeException> refusals = new HashMap<>();

    /** Refuses a call, by its text, until {@link #refuseNothing}. */
    void refuse(String call, RuntimeException with) {
        refusals.put(call, with);
    }

    void refuseNothing() {
        refusals.clear();
    }

    /** What was done since this was last asked. */
    List<String> done() {
        List<String> calls = List.copyOf(done);
        done.clear();
        return calls;
    }

    private void call(String text) {
        RuntimeException refusal = refusals.get(text);
        if (refusal != null) {
            throw refusal;
        }
        done.add(text);
    }

    @Override
    public Observed observe() {
        return Observed.NOTHING;
    }

    @Override
    public void writeStandby(Image image, Map<Integer, Subjects> subjects, int revision) {
        call("write " + revision);
    }

    @Override
    public void flip(int revision) {
        call("flip " + revision);
    }

    @Override
    public void awaitGracePeriod() {
        call("await");
    }

    @Override
    public void storePeer(PeerStore store) {
        call("peer " + store.address());
    }

    @Override
    public void storeSlot(Slot slot, Subjects subjects, Image image) {
        call("slot " + slot.ifindex());
    }

    @Override
    public void seedFlows(Slot slot, String namespace) {
        call("seed " + slot.ifindex());
    }

    @Override
    public void closeSlot(Slot slot) {
        call("close " + slot.ifindex());
    }

    @Override
    public void clearSlot(Slot slot) {
        call("clear " + slot.ifindex());
    }

    @Override
    public void attach(DeviceLink link) {
        call("attach " + link);
    }

    @Override
    public void detach(DeviceLink link) {
        call("detach " + link);
    }

    @Override
    public void attach(SocketHook hook) {
        call("attach " + hook.program());
    }

    @Override
    public void putService(ServiceAddress service, ServiceTarget target) {
        call("service " + service.address());
    }

    @Override
    public void putServiceNode(Address address, ServiceNode node) {
        call("node ports at " + address);
    }

    @Override
    public void removeServiceNode(Address address) {
        call("no node ports at " + address);
    }

    @Override
    public void removeService(ServiceAddress service) {
        call("no service " + service.address());
    }

    @Override
    public void putNodeAddress(Address address) {
        call("host " + address);
    }

    @Override
    public void removeNodeAddress(Address address) {
        call("no host " + address);
    }

    @Override
    public void collect() {
        call("collect");
    }

    @Override
    public void close() {}
}
