package dev.heddle.node.ffm.bpf;

import dev.heddle.node.ffm.BpfException;
import dev.heddle.node.ffm.sys.Errno;
import dev.heddle.node.ffm.sys.Syscall;
import java.lang.foreign.MemorySegment;

/** Commands of bpf(2). Source: {@code enum bpf_cmd} of linux/bpf.h. */
enum Command {
    MAP_CREATE(0),
    MAP_LOOKUP(1),
    MAP_UPDATE(2),
    MAP_DELETE(3),
    MAP_NEXT_KEY(4),
    PROG_LOAD(5),
    OBJ_PIN(6),
    OBJ_GET(7),
    PROG_TEST_RUN(10),
    OBJ_INFO(15),
    PROG_QUERY(16),
    MAP_LOOKUP_BATCH(24),
    MAP_UPDATE_BATCH(26),
    MAP_DELETE_BATCH(27),
    LINK_CREATE(28),
    LINK_UPDATE(29),
    LINK_DETACH(34);

    private final int code;

    Command(int code) {
        this.code = code;
    }

    /** The result, or the negated errno. Verifier and test runs may be interrupted: asked again. */
    long tryCall(MemorySegment attr) {
        long result;
        do {
            result = Syscall.BPF.call(code, attr.address(), attr.byteSize());
        } while ((result == -Errno.EAGAIN && this == PROG_LOAD) || result == -Errno.EINTR);
        return result;
    }

    /** The result; a failure is thrown with {@code object} as what it was about. */
    long call(MemorySegment attr, String object) {
        long result = tryCall(attr);
        if (result < 0) {
            throw failure((int) -result, object);
        }
        return result;
    }

    BpfException failure(int errno, String object) {
        return new BpfException(name(), errno, object, advice(errno));
    }

    private String advice(int errno) {
        return switch (errno) {
            case Errno.EPERM ->
                this == LINK_UPDATE
                        ? "another program was put in its place meanwhile; read the link again and plan again"
                        : "CAP_BPF and CAP_NET_ADMIN are needed, and memory lock limits before kernel 5.11";
            case Errno.ESTALE -> "the hook changed meanwhile; query it again and plan again";
            case Errno.ENOLINK -> "its device or cgroup is gone; close the link and remove its pin";
            case Errno.EEXIST ->
                this == OBJ_PIN ? "something is pinned there; open it or remove it" : "it is there already";
            case Errno.ENOENT -> this == OBJ_GET || this == OBJ_PIN ? "is a BPF file system mounted there?" : "";
            case Errno.EINVAL -> "this kernel may be too old for it, or an argument does not fit";
            case Errno.E2BIG -> "the map is full, or a field is unknown to this kernel";
            case Errno.ENOMEM -> "memory, or the cgroup's limit, is used up";
            default -> "";
        };
    }
}
