package dev.heddle.node.ffm.bpf;

import dev.heddle.node.ffm.sys.Fd;
import java.lang.foreign.Arena;

/** Reads {@code struct bpf_map_info}, {@code bpf_prog_info} and {@code bpf_link_info} of a descriptor. */
final class ObjectInfo {
    private ObjectInfo() {}

    /** The first {@code size} bytes; the kernel fills as many as it knows. */
    static Attr read(Fd fd, int size, Arena arena) {
        Attr info = Attr.of(arena, size);
        Attr attr = Attr.of(arena, 16).with(0, fd.number()).with(4, size).with(8, info.memory());
        Command.OBJ_INFO.call(attr.memory(), fd.toString());
        return info;
    }
}
