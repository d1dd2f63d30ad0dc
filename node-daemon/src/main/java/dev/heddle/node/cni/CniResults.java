package dev.heddle.node.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results that a runtime keeps of every ADD, one file each, usually in {@code /var/lib/cni/results}: how pods are
 * found that started before Heddle was on the node. Source: libcni's {@code cachedInfo}, kind {@code cniCacheV1}.
 */
public final class CniResults {
    private static final Logger LOG = System.getLogger(CniResults.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private CniResults() {}

    /** Every result that can be read; none without the folder. */
    public static List<Attachment> read(Path folder) {
        List<Attachment> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (var files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> readOne(file).ifPresent(found::add));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the CNI results in " + folder + " cannot be read", e);
        }
        return found;
    }

    private static Optional<Attachment> readOne(Path file) {
        try {
            JsonNode cached = JSON.readTree(Files.readAllBytes(file));
            Map<String, String> arguments = new HashMap<>();
            cached.path("cniArgs")
                    .forEach(pair ->
                            arguments.put(pair.path(0).asText(), pair.path(1).asText()));
            String namespace = arguments.getOrDefault("K8S_POD_NAMESPACE", "");
            String name = arguments.getOrDefault("K8S_POD_NAME", "");
            if (namespace.isEmpty() || name.isEmpty()) {
                return Optional.empty();
            }
            AttachmentId id = new AttachmentId(
                    cached.path("containerId").asText(""), cached.path("ifName").asText(""));
            PodRef pod = new PodRef(namespace, name, arguments.get("K8S_POD_UID"));
            Path netns = Path.of(cached.path("netns").asText("/"));
            return Optional.of(PreviousResult.attachment(id, netns, pod, cached.path("result")));
        } catch (IOException | CniException e) {
            LOG.log(Level.DEBUG, "CNI result {0} is of no use: {1}", file, e.getMessage());
            return Optional.empty();
        }
    }
}
