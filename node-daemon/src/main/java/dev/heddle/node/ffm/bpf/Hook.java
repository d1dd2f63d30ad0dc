package dev.heddle.node.ffm.bpf;

import dev.heddle.node.ffm.sys.Errno;
import dev.heddle.node.ffm.sys.Fd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is attached to a hook, in the order it runs.
 *
 * @param revision counts the hook's changes; 0 where the kernel keeps none (cgroups before 6.15)
 */
public record Hook(long revision, List<Attached> attached) {
    private static final int ATTR = 64;
    private static final int COUNT = 24;
    private static final int ROOM = 64;

    public Hook {
        attached = List.copyOf(attached);
    }

    /** A program on the hook; the link is 0 if it was attached without one. */
    public record Attached(int programId, int linkId) {}

    /** A device's hook; a device on which nothing was ever attached has none, which reads as empty. */
    public static Hook ofDevice(int ifindex, AttachType type) {
        return query(ifindex, type, "tcx of device " + ifindex);
    }

    /** A cgroup's own hook, without what it inherits. Link numbers need kernel 6.6 and may be 0. */
    public static Hook ofCgroup(Path cgroup, AttachType type) {
        try (Fd fd = Fd.open(cgroup, Fd.O_DIRECTORY)) {
            return query(fd.number(), type, cgroup.toString());
        }
    }

    private static Hook query(int target, AttachType type, String object) {
        int room = ROOM;
        while (true) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment programs = arena.allocate(4L * room, 8);
                MemorySegment links = arena.allocate(4L * room, 8);
                boolean device = type == AttachType.TCX_INGRESS || type == AttachType.TCX_EGRESS;
                Attr attr = Attr.of(arena, ATTR)
                        .with(0, target)
                        .with(4, type.code())
                        .with(16, programs)
                        .with(COUNT, room);
                if (device) {
                    attr.with(40, links);
                }
                long result = Command.PROG_QUERY.tryCall(attr.memory());
                if (result == -Errno.ENOENT) {
                    return new Hook(0, List.of());
                }
                if (result == -Errno.ENOSPC) {
                    room = Math.max(2 * room, attr.getInt(COUNT));
                    continue;
                }
                if (result < 0) {
                    throw Command.PROG_QUERY.failure((int) -result, object);
                }
                return new Hook(attr.getLong(56), read(programs, links, attr.getInt(COUNT)));
            }
        }
    }

    private static List<Attached> read(MemorySegment programs, MemorySegment links, int count) {
        List<Attached> attached = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            attached.add(new Attached(
                    programs.getAtIndex(ValueLayout.JAVA_INT, i), links.getAtIndex(ValueLayout.JAVA_INT, i)));
        }
        return attached;
    }
}
