package dev.heddle.node.cni;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** A file on the host that others read at any time: it is there whole or not at all, also after a crash. */
final class HostFile {
    private HostFile() {}

    /**
     * Gives the file this content and mode; touches nothing when it has them.
     *
     * @param mode such as {@code "rwxr-xr-x"}
     * @return whether something was written
     */
    static boolean put(Path file, byte[] content, String mode) throws IOException {
        if (holds(file, content, mode)) {
            return false;
        }
        // Neither the dot nor the suffix is taken for a configuration or a plugin.
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(mode));
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private static boolean holds(Path file, byte[] content, String mode) throws IOException {
        try {
            return Files.size(file) == content.length
                    && Arrays.equals(Files.readAllBytes(file), content)
                    && Files.getPosixFilePermissions(file).equals(PosixFilePermissions.fromString(mode));
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
