package dev.heddle.node.store;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon's folder on the node. Numbers of devices and revisions mean nothing in another boot, so what an earlier one
 * left is dropped, also where the folder is on a disk.
 */
public final class StateFolder {

    /** Where the kernel names the boot, random(4). */
    public static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
    private static final List<String> OF_ONE_BOOT = List.of("attachments", "plans", "sets", "world");
    private static final String KEPT_BOOT_ID = "boot-id";

    private StateFolder() {}

    /** Makes the folder when it is missing, and empties it of what is another boot's. */
    public static Path ofThisBoot(Path folder, Path bootId) {
        try {
            Files.createDirectories(folder);
            String now = read(bootId);
            Path kept = folder.resolve(KEPT_BOOT_ID);
            if (Files.exists(kept) && !read(kept).equals(now)) {
                LOG.info("the node has booted; what was kept of the boot before is dropped");
                for (String old : OF_ONE_BOOT) {
                    delete(folder.resolve(old));
                }
            }
            WholeFile.write(kept, now.getBytes(StandardCharsets.US_ASCII));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("the state folder " + folder + " cannot be used", e);
        }
    }

    /** Files below /proc say no size and answer one read. */
    private static String read(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            byte[] buffer = new byte[64];
            int length = Math.max(0, in.read(buffer));
            return new String(buffer, 0, length, StandardCharsets.US_ASCII).strip();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
