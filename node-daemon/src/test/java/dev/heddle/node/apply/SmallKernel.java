package dev.heddle.node.apply;

import dev.heddle.node.ffm.BpfFs;
import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.kernel.Slot;
import dev.heddle.node.packetlife.Sentence;
import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.NodeView;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.compile.Subjects;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Heddle's own maps and programs in a BPF file system of the test's own, and attached to nothing. */
final class SmallKernel implements AutoCloseable {

    static final Subjects OPEN = new Subjects(Subjects.WITHOUT_RULES, Subjects.WITHOUT_RULES);

    private final BpfFs fs = BpfFs.mount();
    final BpfKernel kernel = BpfKernel.adopt(pins(), Optional.empty());

    Path pins() {
        return fs.path("heddle");
    }

    BpfMap map(KernelMap map) {
        return BpfMap.openPinned(BpfKernel.pin(pins(), map));
    }

    MappedArray mapped(KernelMap map) {
        try (BpfMap open = map(map)) {
            return MappedArray.of(open);
        }
    }

    static Slot slot(int ifindex) {
        return new Slot(
                ifindex,
                PodAddresses.of(Ipv4.parse("10.244.1." + ifindex), Ipv6.parse("fd00:244:0:1::" + ifindex)),
                "",
                false);
    }

    /** With one pod, which accepts nothing. */
    static Image image() {
        NodeView.LocalEndpoint web = new NodeView.LocalEndpoint("web", "shop", Map.of("app", "web"), List.of());
        return Compiler.compile(
                new NodeView(
                        Sentence.rules("web accepts nothing"),
                        List.of(web),
                        Map.of("shop", Map.of()),
                        Map.of(),
                        List.of(),
                        List.of()),
                new PeerNumbering(1024),
                Capacity.OF_THE_KERNEL_TABLES);
    }

    /** Of that pod. */
    static Subjects isolated(Image image) {
        return image.subjects().values().iterator().next();
    }

    @Override
    public void close() {
        kernel.close();
        fs.close();
    }
}
