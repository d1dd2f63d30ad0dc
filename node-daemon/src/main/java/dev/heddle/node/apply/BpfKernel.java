package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.AttachType;
import dev.heddle.node.ffm.bpf.BpfProgram;
import dev.heddle.node.ffm.bpf.Features;
import dev.heddle.node.ffm.bpf.GracePeriod;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.bpf.ProgramType;
import dev.heddle.node.ffm.layout.ControlLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.netlink.NetworkNamespace;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.DeviceLink;
import dev.heddle.node.kernel.Hook;
import dev.heddle.node.kernel.Kernel;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.kernel.PeerStore;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceNode;
import dev.heddle.node.kernel.ServiceTarget;
import dev.heddle.node.kernel.Slot;
import dev.heddle.node.kernel.SocketHook;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.Subjects;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The port on Heddle's BPF programs and their pinned maps. */
public final class BpfKernel implements Kernel {

    private final Pinned pinned;
    private final String build;
    private final MappedArray control;
    private final GracePeriod grace;
    private final HalfWriter halves;
    private final SlotTable slots;
    private final FlowSeeder flows;
    private final NodeAddresses nodeAddresses;
    private final ServiceMaps services;
    private final DevicePrograms devices;
    private final SocketLinks sockets;

    private BpfKernel(Path pins, Optional<Path> controlGroup, DeviceAttachment attachment) {
        pinned = Pinned.adopt(pins);
        build = Build.id();
        control = MappedArray.of(pinned.map(KernelMap.CONTROL));
        grace = GracePeriod.open();
        halves = new HalfWriter(pinned);
        Incarnations incarnations = new Incarnations();
        slots = new SlotTable(pinned, incarnations);
        incarnations.after(slots.highestIncarnation());
        flows = new FlowSeeder(pinned, slots);
        nodeAddresses = new NodeAddresses(pinned, control);
        services = new ServiceMaps(pinned, control);
        control.setLongRelease(0, ControlLayout.NODE_NETNS, NetworkNamespace.ownCookie());
        Map<Hook, BpfProgram> device = new EnumMap<>(Hook.class);
        for (Hook hook : Hook.values()) {
            AttachType type = attachment == DeviceAttachment.TCX ? DeviceLinks.type(hook) : AttachType.OTHER;
            device.put(hook, pinned.program(hook.program(), ProgramType.SCHED_CLS, type, build));
        }
        devices = switch (attachment) {
            case TCX -> new DeviceLinks(pinned.links(), device);
            case CLSACT -> new DeviceFilters(pins, device);
        };
        if (pinned.hasOtherLayouts()) {
            Succession succession = new Succession(pinned, devices.read());
            succession.revision(control);
            slots.inherit(succession.incarnations());
        }
        Map<SocketHook, BpfProgram> socket = new EnumMap<>(SocketHook.class);
        for (SocketHook hook : SocketHook.values()) {
            AttachType type = SocketLinks.type(hook);
            socket.put(hook, pinned.program(hook.program(), ProgramType.CGROUP_SOCK_ADDR, type, build));
        }
        sockets = new SocketLinks(pinned.links(), socket, controlGroup);
    }

    /**
     * Adopts what is pinned, or starts with empty maps that judge nothing yet.
     *
     * @param pins Heddle's folder in a BPF file system
     * @param controlGroup of all pods of this node; without one, services are not translated
     */
    public static BpfKernel adopt(Path pins, Optional<Path> controlGroup) {
        return adopt(pins, controlGroup, DeviceAttachment.ofKernel());
    }

    /** The same, attaching in this way. */
    public static BpfKernel adopt(Path pins, Optional<Path> controlGroup, DeviceAttachment attachment) {
        return guarded(() -> new BpfKernel(pins, controlGroup, attachment));
    }

    /** Where a map is pinned in Heddle's folder. */
    public static Path pin(Path pins, KernelMap map) {
        return Pinned.pin(pins, map);
    }

    /** What the running kernel lacks, and what happens instead, for people. */
    public static List<String> lacking() {
        return Features.ofKernel().lacking();
    }

    /** Takes everything off this node that was pinned here. */
    public static void removeAll(Path pins) {
        DeviceFilters.removeAll(pins);
        Pinned.removeAll(pins);
    }

    /** What sweeps flows that ended. It may run on a thread of its own. */
    public ConntrackSweep conntrack() {
        return new ConntrackSweep(pinned, slots);
    }

    /** What reads the drop counters. It may run on a thread of its own. */
    public Counters counters() {
        return new Counters(pinned);
    }

    /** What the programs say of packets; one thread reads it. */
    public EventRing events() {
        return guarded(() -> new EventRing(pinned));
    }

    /** What reads verdicts from the tables in force. Any thread may ask it. */
    public LiveTables liveTables() {
        return guarded(() -> LiveTables.of(pinned::map));
    }

    /** Bytes of kernel memory that are mapped and count as resident though nobody else pays for them. */
    public long tableBytes() {
        return halves.bytes() + slots.bytes();
    }

    @Override
    public Observed observe() {
        return guarded(() -> {
            int revision = control.getIntAcquire(0, ControlLayout.EPOCH);
            return new Observed(
                    revision,
                    null,
                    slots.read(),
                    slots.open(revision & 1),
                    devices.read(),
                    sockets.read(),
                    services.read(),
                    nodeAddresses.read());
        });
    }

    @Override
    public void writeStandby(Image image, Map<Integer, Subjects> subjects, int revision) {
        guarded(() -> {
            halves.write(revision & 1, image, revision);
            slots.subjects(revision & 1, subjects, image);
        });
    }

    @Override
    public void flip(int revision) {
        control.setIntRelease(0, ControlLayout.EPOCH, revision);
    }

    @Override
    public void awaitGracePeriod() {
        guarded(grace::await);
    }

    @Override
    public void storePeer(PeerStore store) {
        guarded(() -> halves.store(control.getIntAcquire(0, ControlLayout.EPOCH) & 1, store));
    }

    @Override
    public void storeSlot(Slot slot, Subjects subjects, Image image) {
        guarded(() -> slots.store(slot, subjects, image));
    }

    @Override
    public void seedFlows(Slot slot, String namespace) {
        guarded(() -> flows.seed(slot, Path.of(namespace)));
    }

    @Override
    public void closeSlot(Slot slot) {
        guarded(() -> slots.close(slot));
    }

    @Override
    public void clearSlot(Slot slot) {
        guarded(() -> slots.clear(slot));
    }

    @Override
    public void attach(DeviceLink link) {
        guarded(() -> devices.attach(link));
    }

    @Override
    public void detach(DeviceLink link) {
        guarded(() -> devices.detach(link));
    }

    @Override
    public void attach(SocketHook hook) {
        guarded(() -> sockets.attach(hook));
    }

    @Override
    public void putService(ServiceAddress service, ServiceTarget target) {
        guarded(() -> services.put(service, target));
    }

    @Override
    public void removeService(ServiceAddress service) {
        guarded(() -> services.remove(service));
    }

    @Override
    public void putServiceNode(Address address, ServiceNode node) {
        guarded(() -> services.put(address, node));
    }

    @Override
    public void removeServiceNode(Address address) {
        guarded(() -> services.remove(address));
    }

    @Override
    public void putNodeAddress(Address address) {
        guarded(() -> nodeAddresses.put(address));
    }

    @Override
    public void removeNodeAddress(Address address) {
        guarded(() -> nodeAddresses.remove(address));
    }

    @Override
    public void collect() {
        guarded(() -> pinned.collect(build));
    }

    @Override
    public void close() {
        halves.close();
        slots.close();
        control.close();
        grace.close();
        pinned.close();
    }

    private static void guarded(Runnable action) {
        guarded(() -> {
            action.run();
            return true;
        });
    }

    private static <T> T guarded(java.util.function.Supplier<T> action) {
        try {
            return action.get();
        } catch (dev.heddle.node.ffm.KernelException e) {
            throw new KernelException(String.valueOf(e.getMessage()), e);
        }
    }
}
