package dev.heddle.node.ffm;

import dev.heddle.node.ffm.bpf.Pins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A BPF file system of the test's own. Unmounting it removes every pin, and with it what only pins held. */
public record BpfFs(Path folder) implements AutoCloseable {
    public static BpfFs mount() {
        try {
            Path folder = Files.createTempDirectory("heddle-bpffs");
            Pins.mount(folder);
            return new BpfFs(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        Pins.unmount(folder);
        try {
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
