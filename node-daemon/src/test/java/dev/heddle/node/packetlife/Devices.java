package dev.heddle.node.packetlife;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Two devices to stand for those of pods: test runs want an ifindex that exists. One veth pair, made for the first
 * test class and removed after the last. No packet passes them. Their names hold this process's id, so that runs side by
 * side do not meet; what a killed run left behind is removed.
 */
final class Devices implements BeforeAllCallback, AutoCloseable {
    private static final String PREFIX = "hdl";
    private static final String FIRST = PREFIX + ProcessHandle.current().pid() + "a";
    private static final String SECOND = PREFIX + ProcessHandle.current().pid() + "b";
    private static final Pattern LEFTOVER = Pattern.compile(PREFIX + "(\\d+)a");
    private static final Namespace NAMESPACE = Namespace.create(Devices.class);
    private static final Map<String, Integer> INDEXES = new ConcurrentHashMap<>();

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        var store = context.getRoot().getStore(NAMESPACE);
        if (store.get(FIRST) == null) {
            removeLeftovers();
            run("ip", "link", "add", FIRST, "type", "veth", "peer", "name", SECOND);
            store.put(FIRST, this);
            INDEXES.put(FIRST, readIndex(FIRST));
            INDEXES.put(SECOND, readIndex(SECOND));
        }
    }

    /** The ifindex of the device that stands for a pod of this node. */
    int ifindex(Cast pod) {
        String name = switch (pod) {
            case WEB -> FIRST;
            case API -> SECOND;
            default -> throw new IllegalArgumentException(pod + " has no device here");
        };
        Integer index = INDEXES.get(name);
        if (index == null) {
            throw new IllegalStateException("device " + name + " was not made");
        }
        return index;
    }

    @Override
    public void close() throws IOException {
        run("ip", "link", "delete", FIRST);
    }

    private static void removeLeftovers() throws IOException {
        try (var names = Files.list(Path.of("/sys/class/net"))) {
            for (String name : names.map(path -> path.getFileName().toString()).toList()) {
                Matcher leftover = LEFTOVER.matcher(name);
                if (leftover.matches()
                        && ProcessHandle.of(Long.parseLong(leftover.group(1))).isEmpty()) {
                    run("ip", "link", "delete", name);
                }
            }
        }
    }

    /** "7: hdl812a@hdl812b: ..." */
    private static int readIndex(String name) throws IOException {
        String line = run("ip", "-oneline", "link", "show", name);
        return Integer.parseInt(line.substring(0, line.indexOf(':')));
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }
}
