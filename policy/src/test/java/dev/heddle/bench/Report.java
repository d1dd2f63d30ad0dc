package dev.heddle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prints a benchmark's cases as a table and writes them as JSON lines, the form all benchmarks share. */
public final class Report {
    private static final Path FOLDER = Path.of(System.getProperty("heddle.bench.output", "target/bench"));

    private Report() {}

    /**
     * Writes {@code BENCH.jsonl} into the folder that the property {@code heddle.bench.output} names.
     *
     * @param baseline the table's third column
     */
    public static void publish(String bench, String metric, String baseline, List<Comparison> cases)
            throws IOException {
        Files.createDirectories(FOLDER);
        Path file = FOLDER.resolve(bench + ".jsonl");
        Files.write(file, cases.stream().map(Comparison::json).toList());
        StringBuilder table = new StringBuilder("\n" + bench + ": " + metric + "\n");
        table.append(String.format("%-22s %8s %10s %8s%n", "case", "heddle", baseline, "ratio"));
        cases.forEach(one -> table.append(one.row()).append('\n'));
        System.out.println(table);
    }
}
