package dev.heddle.node.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.node.desired.OwnPod;
import dev.heddle.node.desired.PodInterface;
import dev.heddle.node.log.About;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which interface is which pod's, one file each: what a daemon that comes back cannot learn from the kernel. */
public final class AttachmentFiles {

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentFiles.class);

    private final Path folder;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * One file.
     *
     * @param pod as it was when its interface came under policy
     */
    public record Kept(PodInterface attached, OwnPod pod) {}

    private AttachmentFiles(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder when it is missing. */
    public static AttachmentFiles in(Path folder) {
        try {
            return new AttachmentFiles(Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("the state folder " + folder + " cannot be made", e);
        }
    }

    /** Keeps it. A daemon that cannot write goes on; the next one will ask the CNI cache. */
    public void write(PodInterface attached, OwnPod pod) {
        try {
            WholeFile.write(file(attached), json.writeValueAsBytes(new Kept(attached, pod)));
        } catch (IOException e) {
            try (About _ = About.object("Pod", pod.namespace(), pod.name())) {
                LOG.warn("the interface of pod {}/{} is not kept: {}", pod.namespace(), pod.name(), e.toString());
            }
        }
    }

    public void remove(PodInterface attached) {
        try {
            Files.deleteIfExists(file(attached));
        } catch (IOException e) {
            LOG.warn("{} stays: {}", file(attached), e.toString());
        }
    }

    /** Everything that is kept; what cannot be read is left out and said. */
    public List<Kept> read() {
        List<Kept> kept = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            files.forEach(file -> read(file).ifPresent(kept::add));
        } catch (IOException e) {
            throw new UncheckedIOException("the state folder " + folder + " cannot be read", e);
        }
        return kept;
    }

    private Optional<Kept> read(Path file) {
        try {
            return Optional.of(json.readValue(Files.readAllBytes(file), Kept.class));
        } catch (IOException e) {
            LOG.warn("{} is ignored: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private Path file(PodInterface attached) {
        return folder.resolve(attached.id().replace('/', '-') + ".json");
    }
}
