package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.apply.BpfKernel;
import dev.heddle.node.ffm.BpfException;
import dev.heddle.node.ffm.bpf.BpfLink;
import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.Pins;
import dev.heddle.node.ffm.layout.KernelMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder for pins that is empty at first and gone afterwards. Names of pins and devices are fixed, so runs of these tests
 * take turns, unless each has them for itself (src/test/isolated).
 */
final class TestPins implements AutoCloseable {

    private static final Path BPF = Path.of("/sys/fs/bpf");
    private static final Path LOCKS = Path.of("/run/lock");
    private static final Path TURN = LOCKS.resolve("heddle-netns-test.lock");
    static final Path FOLDER = BPF.resolve("heddle-netns-test");

    private final FileChannel turn;
    private final boolean mounted;

    TestPins() {
        turn = takeTurn();
        mounted = !Pins.isBpfFs(BPF);
        Pins.mount(BPF);
        BpfKernel.removeAll(FOLDER);
    }

    /** One of the maps that a daemon has pinned there. */
    static BpfMap map(KernelMap map) {
        return BpfMap.openPinned(BpfKernel.pin(FOLDER, map));
    }

    /** Whether tables of this layout are pinned. */
    static boolean has(String layout) {
        return Files.exists(FOLDER.resolve(layout));
    }

    /** Gives the tables of one layout, by its hash, the name of another that no daemon here can read. */
    static void rename(String layout, String to) throws IOException {
        Files.move(FOLDER.resolve(layout), FOLDER.resolve(to));
    }

    /** The number of each link, by its pin. */
    static Map<String, Integer> links() {
        Pins pins = Pins.at(FOLDER.resolve("links"));
        Map<String, Integer> found = new TreeMap<>();
        for (String pin : pins.list()) {
            try (BpfLink link = BpfLink.openPinned(pins.path(pin))) {
                found.put(pin, link.info().id());
            } catch (BpfException e) {
                assertThat(pins.exists(pin))
                        .as("%s, unless a daemon has just taken it away", e)
                        .isFalse();
            }
        }
        return found;
    }

    /** Waits for the lock, which a process that ends gives back. */
    @SuppressWarnings("resource") // the lock lives as long as its channel
    private static FileChannel takeTurn() {
        try {
            Files.createDirectories(LOCKS);
            FileChannel channel = FileChannel.open(TURN, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        BpfKernel.removeAll(FOLDER);
        if (mounted) {
            Pins.unmount(BPF);
        }
        try {
            turn.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
