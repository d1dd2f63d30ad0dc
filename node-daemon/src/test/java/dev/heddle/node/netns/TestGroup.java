package dev.heddle.node.netns;

import dev.heddle.node.services.ControlGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A control group of the test's own. This JVM is in it until it is closed, and then where it was before. */
final class TestGroup implements AutoCloseable {

    private final Path folder;
    private final Path before;

    TestGroup() throws IOException {
        var own = Files.readAllLines(Path.of("/proc/self/cgroup"));
        Path root = ControlGroup.ofNode(Files.readAllLines(Path.of("/proc/self/mountinfo")), own)
                .orElseThrow(() -> new IllegalStateException("no cgroup2 hierarchy is mounted"));
        String place = own.stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> line.substring("0::/".length()))
                .findFirst()
                .orElse("");
        before = root.resolve(place);
        folder = Files.createDirectories(
                root.resolve("heddle-netns-test-" + ProcessHandle.current().pid()));
        enter(folder);
    }

    Path folder() {
        return folder;
    }

    private static void enter(Path group) throws IOException {
        Files.writeString(
                group.resolve("cgroup.procs"),
                Long.toString(ProcessHandle.current().pid()));
    }

    @Override
    public void close() throws IOException {
        enter(before);
        Files.delete(folder);
    }
}
