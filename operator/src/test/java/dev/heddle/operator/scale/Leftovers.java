package dev.heddle.operator.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** What would stay behind when this process is told to end in the middle of a run. */
final class Leftovers {

    private static final List<String> FOLDERS_OF_ETCD = List.of("-data-dir", "-wal-dir");

    private Leftovers() {}

    /** Ends all processes that this one has started, when it ends, and removes etcd's data. */
    static void goWithThisProcess() {
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::end, "leftovers"));
    }

    private static void end() {
        List<ProcessHandle> all = ProcessHandle.current().descendants().toList();
        List<Path> data =
                all.stream().flatMap(process -> dataOf(process).stream()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        data.forEach(Leftovers::delete);
    }

    private static List<Path> dataOf(ProcessHandle process) {
        List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
        return FOLDERS_OF_ETCD.stream()
                .map(option -> arguments.indexOf(option) + 1)
                .filter(at -> at > 0 && at < arguments.size())
                .map(at -> Path.of(arguments.get(at)))
                .toList();
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("scale: " + folder + " stays behind: " + e.getMessage());
        }
    }
}
