package dev.heddle.node.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the rule numbers of the last revisions mean: object and field of each, for explain. */
public final class PlanFiles {

    private static final Logger LOG = LoggerFactory.getLogger(PlanFiles.class);
    private static final int KEPT = 8;

    private final Path folder;
    private final ObjectMapper json = new ObjectMapper();

    /** One file. */
    private record Kept(int revision, Map<String, String> sets, List<Origin> rules) {}

    private PlanFiles(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder when it is missing. */
    public static PlanFiles in(Path folder) {
        try {
            return new PlanFiles(Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("the state folder " + folder + " cannot be made", e);
        }
    }

    /**
     * Keeps one revision's plan and forgets old ones.
     *
     * @param sets namespace to policy set
     * @param rules number n of a verdict is the n-th of them, from 1
     */
    public void write(int revision, Map<String, String> sets, List<Rule> rules) {
        List<Origin> origins = rules.stream().map(Rule::origin).toList();
        try {
            WholeFile.write(file(revision), json.writeValueAsBytes(new Kept(revision, sets, origins)));
            prune();
        } catch (IOException e) {
            LOG.warn("the plan of revision {} is not kept: {}", revision, e.toString());
        }
    }

    /** What the rules of a revision mean, number n the n-th of them, from 1; empty when that is not kept. */
    public List<Origin> rules(int revision) {
        try {
            return json.readerFor(Kept.class)
                    .<Kept>readValue(Files.readAllBytes(file(revision)))
                    .rules();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            LOG.warn("the plan of revision {} cannot be read: {}", revision, e.toString());
            return List.of();
        }
    }

    private Path file(int revision) {
        return folder.resolve(String.format("%010d.json", revision));
    }

    private void prune() throws IOException {
        try (var files = Files.list(folder)) {
            List<Path> plans = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path old : plans.subList(Math.min(KEPT, plans.size()), plans.size())) {
                Files.delete(old);
            }
        }
    }
}
