package dev.heddle.node.ffm.bpf;

import dev.heddle.node.ffm.sys.Fd;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/**
 * The attachment of a program to a hook. It lives as long as somebody holds or pins it: closing the last descriptor of an
 * unpinned link detaches. A program is exchanged with {@link #update}, which no packet slips through; never by detaching
 * and attaching.
 */
public final class BpfLink implements AutoCloseable {
    private static final int LINK_INFO_SIZE = 64;
    private static final int REPLACE = 4;
    private static final int KIND_CGROUP = 3;
    private static final int KIND_TCX = 11;

    private final Fd fd;

    private BpfLink(Fd fd) {
        this.fd = fd;
    }

    /**
     * Attaches to a device. The same program a second time is refused with EEXIST.
     *
     * @param type {@link AttachType#TCX_INGRESS} or {@link AttachType#TCX_EGRESS}
     */
    public static BpfLink attachTcx(BpfProgram program, int ifindex, AttachType type, TcxPlace place) {
        String object = program + " at " + type + " of device " + ifindex;
        try (Arena arena = Arena.ofConfined()) {
            Attr attr = Attr.of(arena, 32)
                    .with(0, program.descriptor())
                    .with(4, ifindex)
                    .with(8, type.code())
                    .with(12, place.flags())
                    .with(16, place.anchorProgramId())
                    .with(24, place.expectedRevision());
            return new BpfLink(Fd.of(Command.LINK_CREATE.call(attr.memory(), object), object));
        }
    }

    /** Attaches to a cgroup v2 folder; it then runs for every process in it and below. */
    public static BpfLink attachCgroup(BpfProgram program, Path cgroup, AttachType type) {
        String object = program + " at " + type + " of " + cgroup;
        try (Arena arena = Arena.ofConfined();
                Fd target = Fd.open(cgroup, Fd.O_DIRECTORY)) {
            Attr attr = Attr.of(arena, 16)
                    .with(0, program.descriptor())
                    .with(4, target.number())
                    .with(8, type.code());
            return new BpfLink(Fd.of(Command.LINK_CREATE.call(attr.memory(), object), object));
        }
    }

    public static BpfLink openPinned(Path pin) {
        return new BpfLink(Pins.open(pin));
    }

    public void pin(Path path) {
        Pins.pin(fd, path);
    }

    /** Exchanges the program, whatever runs now. */
    public void update(BpfProgram program) {
        update(program, 0, 0);
    }

    /** Exchanges the program if {@code expected} is what runs now; else EPERM. */
    public void update(BpfProgram program, BpfProgram expected) {
        update(program, REPLACE, expected.descriptor());
    }

    private void update(BpfProgram program, int flags, int expected) {
        try (Arena arena = Arena.ofConfined()) {
            Attr attr = Attr.of(arena, 16)
                    .with(0, fd.number())
                    .with(4, program.descriptor())
                    .with(8, flags)
                    .with(12, expected);
            Command.LINK_UPDATE.call(attr.memory(), fd + " to " + program);
        }
    }

    /** Reads the present state from the kernel. */
    public LinkInfo info() {
        try (Arena arena = Arena.ofConfined()) {
            Attr info = ObjectInfo.read(fd, LINK_INFO_SIZE, arena);
            int kind = info.getInt(0);
            int id = info.getInt(4);
            int program = info.getInt(8);
            return switch (kind) {
                case KIND_TCX -> new LinkInfo.Tcx(id, program, info.getInt(16), AttachType.of(info.getInt(20)));
                case KIND_CGROUP -> new LinkInfo.Cgroup(id, program, info.getLong(16), AttachType.of(info.getInt(24)));
                default -> new LinkInfo.Other(id, program, kind);
            };
        }
    }

    /** Takes the program off now, pinned or not. The link is severed after. */
    public void detach() {
        try (Arena arena = Arena.ofConfined()) {
            Command.LINK_DETACH.call(Attr.of(arena, 4).with(0, fd.number()).memory(), fd.toString());
        }
    }

    @Override
    public void close() {
        fd.close();
    }

    @Override
    public String toString() {
        return fd.toString();
    }
}
