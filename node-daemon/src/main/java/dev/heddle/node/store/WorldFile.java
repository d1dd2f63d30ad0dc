package dev.heddle.node.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What API objects said last, a line each, compressed. The file is there only while nothing has changed since: it never says
 * less than what is in force.
 */
public final class WorldFile {

    private static final Logger LOG = LoggerFactory.getLogger(WorldFile.class);

    private final Path file;
    private final Path draft;

    private WorldFile(Path folder) {
        file = folder.resolve("objects.gz");
        draft = folder.resolve("objects.draft");
    }

    /** Makes the folder when it is missing. */
    public static WorldFile in(Path folder) {
        try {
            return new WorldFile(Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("the state folder " + folder + " cannot be made", e);
        }
    }

    /** Writes lines that are not kept yet. */
    public void draft(Iterator<String> lines) throws IOException {
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(draft), 1 << 16), StandardCharsets.UTF_8)) {
            while (lines.hasNext()) {
                out.write(lines.next());
                out.write('\n');
            }
        }
    }

    /** Keeps the draft. */
    public void commit() throws IOException {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Forgets what was kept. */
    public void drop() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.error("{} is out of date and cannot be removed; remove it: {}", file, e.toString());
        }
    }

    /** The lines that are kept; none when there is no file that can be read. */
    public List<String> read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8))) {
            return in.lines().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} is ignored: {}", file, e.toString());
            return List.of();
        }
    }
}
