package dev.heddle.node.packetlife;

import dev.heddle.node.ffm.elf.BpfObject;
import dev.heddle.node.ffm.elf.ObjectFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The programs and their tables. To load them takes longer than most tests do, so tests use them one after the other: a test
 * finds the tables empty, and gives them back. They end with this process.
 */
final class Loaded implements AutoCloseable {

    private static final Map<Config, Queue<Loaded>> UNUSED = new ConcurrentHashMap<>();

    private final Config config;
    private final Tables tables;
    private final BpfObject fromPod;
    private final BpfObject toPod;

    private Loaded(Config config) {
        this.config = config;
        tables = new Tables(config);
        fromPod = load("from_pod_stamped");
        toPod = load("to_pod_stamped");
    }

    /** Some that nobody uses. */
    static Loaded of(Config config) {
        Loaded unused = unused(config).poll();
        return unused == null ? new Loaded(config) : unused;
    }

    private static Queue<Loaded> unused(Config config) {
        return UNUSED.computeIfAbsent(config, _ -> new ConcurrentLinkedQueue<>());
    }

    private BpfObject load(String name) {
        try {
            byte[] elf = Files.readAllBytes(Path.of("../bpf/target/testing", name + ".bpf.o"));
            return ObjectFile.of(name, elf)
                    .reuse(tables.all())
                    .constant("config", config.bytes())
                    .load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Tables tables() {
        return tables;
    }

    BpfObject fromPod() {
        return fromPod;
    }

    BpfObject toPod() {
        return toPod;
    }

    /** Another test may use them. */
    @Override
    public void close() {
        tables.clear();
        unused(config).add(this);
    }
}
