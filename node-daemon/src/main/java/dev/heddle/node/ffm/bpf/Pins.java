package dev.heddle.node.ffm.bpf;

import dev.heddle.node.ffm.SyscallException;
import dev.heddle.node.ffm.sys.Errno;
import dev.heddle.node.ffm.sys.Fd;
import dev.heddle.node.ffm.sys.Syscall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder of a BPF file system, where maps, programs and links outlive the process. Listing, removing and renaming are
 * plain file operations; an object lives as long as anybody holds or pins it.
 */
public record Pins(Path folder) {
    private static final int BPF_FS_MAGIC = 0xcafe4a11;

    /**
     * Makes the folder; its parents must lie in a BPF file system.
     *
     * @throws SyscallException if they do not
     */
    public static Pins at(Path folder) {
        try {
            if (!isBpfFs(nearestExisting(folder.toAbsolutePath()))) {
                throw new SyscallException(
                        "pin folder",
                        Errno.EINVAL,
                        folder.toString(),
                        "mount a BPF file system: mount -t bpf bpf " + "/sys/fs/bpf");
            }
            Files.createDirectories(folder);
            return new Pins(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path nearestExisting(Path path) {
        Path parent = path.getParent();
        return parent == null || Files.exists(path) ? path : nearestExisting(parent);
    }

    public static boolean isBpfFs(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            var statfs = arena.allocate(256, 8);
            long result =
                    Syscall.STATFS.call(arena.allocateFrom(path.toString()).address(), statfs.address(), 0);
            return result == 0 && statfs.get(ValueLayout.JAVA_INT, 0) == BPF_FS_MAGIC;
        }
    }

    /** Mounts a BPF file system on an existing folder, if none is there. */
    public static void mount(Path folder) {
        if (isBpfFs(folder)) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            long type = arena.allocateFrom("bpf").address();
            long result = Syscall.MOUNT.call(
                    type, arena.allocateFrom(folder.toString()).address(), type, 0, 0, 0);
            if (result < 0) {
                throw new SyscallException("mount", (int) -result, folder.toString(), "CAP_SYS_ADMIN is needed");
            }
        }
    }

    /** Takes away a mount made by {@link #mount}. */
    public static void unmount(Path folder) {
        try (Arena arena = Arena.ofConfined()) {
            long result =
                    Syscall.UMOUNT2.call(arena.allocateFrom(folder.toString()).address(), 0, 0);
            if (result < 0) {
                throw new SyscallException("unmount", (int) -result, folder.toString(), "");
            }
        }
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    public boolean exists(String name) {
        return Files.exists(path(name));
    }

    /** Names of what is pinned here, and of folders, sorted. */
    public List<String> list() {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether something was there. */
    public boolean remove(String name) {
        try {
            return Files.deleteIfExists(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Fd open(Path pin) {
        try (Arena arena = Arena.ofConfined()) {
            Attr attr = Attr.of(arena, 16).with(0, arena.allocateFrom(pin.toString()));
            return Fd.of(Command.OBJ_GET.call(attr.memory(), pin.toString()), pin.toString());
        }
    }

    static void pin(Fd object, Path path) {
        try (Arena arena = Arena.ofConfined()) {
            Attr attr = Attr.of(arena, 16)
                    .with(0, arena.allocateFrom(path.toString()))
                    .with(8, object.number());
            Command.OBJ_PIN.call(attr.memory(), object + " at " + path);
        }
    }
}
