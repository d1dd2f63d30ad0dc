package dev.heddle.node.netns;

import dev.heddle.node.apply.BpfKernel;
import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.Pins;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.KernelMap;
import java.nio.file.Path;

/** A folder for pins that is empty at first and gone afterwards. */
final class TestPins implements AutoCloseable {

    private static final Path BPF = Path.of("/sys/fs/bpf");
    static final Path FOLDER = BPF.resolve("heddle-netns-test");

    private final boolean mounted;

    TestPins() {
        mounted = !Pins.isBpfFs(BPF);
        Pins.mount(BPF);
        BpfKernel.removeAll(FOLDER);
    }

    /** One of the maps that a daemon has pinned there. */
    static BpfMap map(KernelMap map) {
        return BpfMap.openPinned(FOLDER.resolve(Abi.HASH).resolve(map.mapName()));
    }

    @Override
    public void close() {
        BpfKernel.removeAll(FOLDER);
        if (mounted) {
            Pins.unmount(BPF);
        }
    }
}
