package dev.heddle.node.source;

import dev.heddle.crds.PolicySet;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.node.store.WholeFile;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Policy sets that were read, one file each by their hash: a daemon that starts again need not ask the API server. */
public final class SetFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SetFiles.class);
    private static final String SUFFIX = ".jsonl";

    private final Path folder;
    private final KubernetesSerialization json;

    private SetFiles(Path folder, KubernetesSerialization json) {
        this.folder = folder;
        this.json = json;
    }

    /** Makes the folder when it is missing. */
    public static SetFiles in(Path folder, KubernetesSerialization json) {
        try {
            return new SetFiles(Files.createDirectories(folder), json);
        } catch (IOException e) {
            throw new UncheckedIOException("the state folder " + folder + " cannot be made", e);
        }
    }

    /** A set that is kept; its content has the hash that its name says. */
    Optional<PolicySetContent> read(String set) {
        try (Stream<String> chunks = Files.lines(folder.resolve(set + SUFFIX))) {
            return Optional.of(PolicySetContent.reassemble(
                    chunks.map(chunk -> json.unmarshal(chunk, PolicySet.class)).toList()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.warn("the kept policy set {} is ignored: {}", set, e.toString());
            return Optional.empty();
        }
    }

    /** Keeps a set, a line for each chunk. */
    void write(String set, List<PolicySet> chunks) {
        try {
            String lines = chunks.stream().map(json::asJson).collect(Collectors.joining("\n"));
            WholeFile.write(folder.resolve(set + SUFFIX), lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("policy set {} is not kept: {}", set, e.toString());
        }
    }

    /** Forgets all others. */
    public void retain(Predicate<String> sets) {
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!sets.test(name.substring(0, name.length() - SUFFIX.length()))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("policy sets that are not needed any more stay in {}: {}", folder, e.toString());
        }
    }
}
