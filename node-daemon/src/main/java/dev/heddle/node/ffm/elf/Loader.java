package dev.heddle.node.ffm.elf;

import dev.heddle.node.ffm.ObjectException;
import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.BpfProgram;
import dev.heddle.node.ffm.sys.Errno;
import dev.heddle.node.ffm.sys.Fd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;

/** Takes an {@link ObjectFile} through open, set, load; libbpf's object is closed again when descriptors were taken. */
final class Loader {
    private static final int FIRST_LOG = 256 * 1024;
    private static final int LARGEST_LOG = 64 * 1024 * 1024;
    private static final int SHOWN_LOG = 4000;

    private final ObjectFile file;
    private final long handle;
    private final Arena arena;

    private Loader(ObjectFile file, long handle, Arena arena) {
        this.file = file;
        this.handle = handle;
        this.arena = arena;
    }

    static BpfObject load(ObjectFile file) {
        Libbpf.SET_PRINT.call(0);
        for (int log = FIRST_LOG; ; log *= 8) {
            try {
                return attempt(file, log);
            } catch (ObjectException e) {
                // Before kernel 6.4 a log that does not fit is an error of its own.
                if (e.errno() != Errno.ENOSPC || log >= LARGEST_LOG) {
                    throw e;
                }
            }
        }
    }

    private static BpfObject attempt(ObjectFile file, int logSize) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] elf = file.bytes();
            MemorySegment memory = arena.allocate(elf.length, 8).copyFrom(MemorySegment.ofArray(elf));
            long handle = Libbpf.OBJECT_OPEN_MEM.call(memory.address(), elf.length, options(arena, file.name()));
            if (handle == 0) {
                throw new ObjectException("open", 0, file.name(), "not a BPF object that libbpf understands", "");
            }
            try {
                return new Loader(file, handle, arena).load(logSize);
            } finally {
                Libbpf.OBJECT_CLOSE.call(handle);
            }
        }
    }

    /** {@code struct bpf_object_open_opts}: its own size, then the object's name. */
    private static long options(Arena arena, String name) {
        MemorySegment options = arena.allocate(16, 8);
        options.set(ValueLayout.JAVA_LONG, 0, 16);
        options.set(ValueLayout.JAVA_LONG, 8, arena.allocateFrom(name).address());
        return options.address();
    }

    private BpfObject load(int logSize) {
        Variables.write(file, handle);
        file.reused().forEach(this::reuse);
        file.sizes()
                .forEach((name, entries) ->
                        check("set max_entries of " + name, Libbpf.MAP_SET_MAX_ENTRIES.call(map(name), entries)));
        file.kinds().forEach(this::setKind);
        Map<String, MemorySegment> logs = logs(logSize);
        long result = (int) Libbpf.OBJECT_LOAD.call(handle);
        if (result < 0) {
            throw new ObjectException("load", (int) -result, file.name(), "the kernel refused it", reason(logs));
        }
        return take();
    }

    private void reuse(String name, BpfMap map) {
        long declared =
                Libbpf.OBJECT_FIND_MAP.call(handle, arena.allocateFrom(name).address());
        if (declared != 0) {
            check(
                    "reuse map " + name,
                    Libbpf.MAP_REUSE_FD.call(declared, map.fd().number()));
        }
    }

    private void setKind(String name, ObjectFile.Kind kind) {
        long program =
                Libbpf.OBJECT_FIND_PROGRAM.call(handle, arena.allocateFrom(name).address());
        if (program == 0) {
            throw new ObjectException("set type of " + name, 0, file.name(), "it has no such program", "");
        }
        check(
                "set type of " + name,
                Libbpf.PROGRAM_SET_TYPE.call(program, kind.type().code()));
        check(
                "set attach type of " + name,
                Libbpf.PROGRAM_SET_ATTACH_TYPE.call(program, kind.attach().code()));
    }

    private long map(String name) {
        long map = Libbpf.OBJECT_FIND_MAP.call(handle, arena.allocateFrom(name).address());
        if (map == 0) {
            throw new ObjectException("find map " + name, 0, file.name(), "it has no such map", "");
        }
        return map;
    }

    /** libbpf asks for a log only when a load failed, so that it costs nothing otherwise. */
    private Map<String, MemorySegment> logs(int size) {
        Map<String, MemorySegment> logs = new HashMap<>();
        for (long p = Libbpf.OBJECT_NEXT_PROGRAM.call(handle, 0);
                p != 0;
                p = Libbpf.OBJECT_NEXT_PROGRAM.call(handle, p)) {
            MemorySegment log = arena.allocate(size);
            check("set log", Libbpf.PROGRAM_SET_LOG.call(p, log.address(), size));
            logs.put(Libbpf.string(Libbpf.PROGRAM_NAME.call(p)), log);
        }
        return logs;
    }

    private static String reason(Map<String, MemorySegment> logs) {
        StringBuilder reason = new StringBuilder();
        logs.forEach((program, memory) -> {
            String log = memory.getString(0);
            if (!log.isBlank()) {
                reason.append(program).append(":\n").append(log.substring(Math.max(0, log.length() - SHOWN_LOG)));
            }
        });
        return reason.toString();
    }

    /** Own descriptors of everything loaded. */
    private BpfObject take() {
        Map<String, BpfProgram> programs = new HashMap<>();
        Map<String, BpfMap> maps = new HashMap<>();
        BpfObject object = new BpfObject(file.name(), programs, maps);
        try {
            for (long p = Libbpf.OBJECT_NEXT_PROGRAM.call(handle, 0);
                    p != 0;
                    p = Libbpf.OBJECT_NEXT_PROGRAM.call(handle, p)) {
                String name = Libbpf.string(Libbpf.PROGRAM_NAME.call(p));
                programs.put(
                        name, BpfProgram.adopt(Fd.duplicateOf((int) Libbpf.PROGRAM_FD.call(p), "program " + name)));
            }
            for (long m = Libbpf.OBJECT_NEXT_MAP.call(handle, 0); m != 0; m = Libbpf.OBJECT_NEXT_MAP.call(handle, m)) {
                String name = Libbpf.string(Libbpf.MAP_NAME.call(m));
                maps.put(name, BpfMap.adopt(Fd.duplicateOf((int) Libbpf.MAP_FD.call(m), "map " + name)));
            }
            return object;
        } catch (RuntimeException e) {
            object.close();
            throw e;
        }
    }

    private void check(String operation, long result) {
        int code = (int) result;
        if (code < 0) {
            throw new ObjectException(operation, -code, file.name(), "", "");
        }
    }
}
