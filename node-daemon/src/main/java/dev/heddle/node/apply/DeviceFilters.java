package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfProgram;
import dev.heddle.node.ffm.netlink.BpfFilter;
import dev.heddle.node.ffm.netlink.TrafficControl;
import dev.heddle.node.kernel.DeviceLink;
import dev.heddle.node.kernel.Hook;
import dev.heddle.node.kernel.LinkState;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The clsact filters of pods' devices. The kernel keeps them as long as the device, so nothing is pinned: they are found by
 * their names. The qdisc itself stays when they go, since others may use it; without filters it does nothing.
 */
final class DeviceFilters implements DevicePrograms {

    /** The first there is; who attaches with the same one later comes later. */
    private static final int PRIORITY = 1;

    private static final int HANDLE = 0x4864;

    private final String owner;
    private final Map<Hook, BpfProgram> programs;

    /**
     * Of one daemon's programs.
     *
     * @param pins the daemon's folder of pins, whose name its filters carry
     */
    DeviceFilters(Path pins, Map<Hook, BpfProgram> programs) {
        owner = owner(pins);
        this.programs = Map.copyOf(programs);
    }

    @Override
    public Map<DeviceLink, LinkState> read() {
        Map<DeviceLink, LinkState> found = new HashMap<>();
        try (TrafficControl control = TrafficControl.open()) {
            for (BpfFilter filter : control.filters()) {
                hook(owner, filter)
                        .ifPresent(hook -> found.put(
                                new DeviceLink(filter.ifindex(), hook),
                                filter.programId() == program(hook).id() ? LinkState.CURRENT : LinkState.OUTDATED));
            }
        }
        return found;
    }

    @Override
    public void attach(DeviceLink link) {
        try (TrafficControl control = TrafficControl.open()) {
            program(link.hook()).attach(control, place(link));
        }
    }

    @Override
    public void detach(DeviceLink link) {
        try (TrafficControl control = TrafficControl.open()) {
            control.remove(place(link));
        }
    }

    /** Takes away what any daemon with these pins has attached. */
    static void removeAll(Path pins) {
        try (TrafficControl control = TrafficControl.open()) {
            control.filters().stream()
                    .filter(filter -> hook(owner(pins), filter).isPresent())
                    .forEach(control::remove);
        }
    }

    private BpfFilter place(DeviceLink link) {
        boolean egress = link.hook() == Hook.TO_POD;
        return new BpfFilter(
                link.ifindex(), egress, PRIORITY, HANDLE, owner + link.hook().program(), 0);
    }

    private static String owner(Path pins) {
        return pins.getFileName() + "/";
    }

    /** Which of our programs it is; none if it is somebody else's. */
    private static Optional<Hook> hook(String owner, BpfFilter filter) {
        for (Hook hook : Hook.values()) {
            if (filter.name().equals(owner + hook.program()) && filter.egress() == (hook == Hook.TO_POD)) {
                return Optional.of(hook);
            }
        }
        return Optional.empty();
    }

    private BpfProgram program(Hook hook) {
        BpfProgram program = programs.get(hook);
        if (program == null) {
            throw new IllegalStateException("no program for " + hook);
        }
        return program;
    }
}
