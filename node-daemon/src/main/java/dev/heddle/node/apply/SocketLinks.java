package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.AttachType;
import dev.heddle.node.ffm.bpf.BpfLink;
import dev.heddle.node.ffm.bpf.BpfProgram;
import dev.heddle.node.ffm.bpf.LinkInfo;
import dev.heddle.node.ffm.bpf.Pins;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.kernel.LinkState;
import dev.heddle.node.kernel.SocketHook;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The pinned links of the node's control group. */
final class SocketLinks {

    private final Pins pins;
    private final Map<SocketHook, BpfProgram> programs;
    private final Optional<Path> group;

    SocketLinks(Pins pins, Map<SocketHook, BpfProgram> programs, Optional<Path> group) {
        this.pins = pins;
        this.programs = Map.copyOf(programs);
        this.group = group;
    }

    Map<SocketHook, LinkState> read() {
        Map<SocketHook, LinkState> found = new EnumMap<>(SocketHook.class);
        for (SocketHook hook : SocketHook.values()) {
            if (pins.exists(hook.program())) {
                found.put(hook, state(hook));
            }
        }
        return found;
    }

    void attach(SocketHook hook) {
        if (pins.exists(hook.program())) {
            try (BpfLink pinned = BpfLink.openPinned(pins.path(hook.program()))) {
                if (!pinned.info().severed()) {
                    pinned.update(program(hook));
                    return;
                }
            }
            pins.remove(hook.program());
        }
        Path target = group.orElseThrow(() -> new KernelException(
                "service addresses cannot be translated: no cgroup2 hierarchy is mounted here; mount the host's"));
        try (BpfLink fresh = BpfLink.attachCgroup(program(hook), target, type(hook))) {
            fresh.pin(pins.path(hook.program()));
        }
    }

    private LinkState state(SocketHook hook) {
        try (BpfLink pinned = BpfLink.openPinned(pins.path(hook.program()))) {
            LinkInfo info = pinned.info();
            if (info.severed()) {
                return LinkState.SEVERED;
            }
            return info.programId() == program(hook).id() ? LinkState.CURRENT : LinkState.OUTDATED;
        }
    }

    private BpfProgram program(SocketHook hook) {
        BpfProgram program = programs.get(hook);
        if (program == null) {
            throw new IllegalStateException("no program for " + hook);
        }
        return program;
    }

    static AttachType type(SocketHook hook) {
        return switch (hook) {
            case CONNECT4 -> AttachType.CGROUP_INET4_CONNECT;
            case SENDMSG4 -> AttachType.CGROUP_UDP4_SENDMSG;
            case RECVMSG4 -> AttachType.CGROUP_UDP4_RECVMSG;
            case GETPEERNAME4 -> AttachType.CGROUP_INET4_GETPEERNAME;
            case CONNECT6 -> AttachType.CGROUP_INET6_CONNECT;
            case SENDMSG6 -> AttachType.CGROUP_UDP6_SENDMSG;
            case RECVMSG6 -> AttachType.CGROUP_UDP6_RECVMSG;
            case GETPEERNAME6 -> AttachType.CGROUP_INET6_GETPEERNAME;
        };
    }
}
