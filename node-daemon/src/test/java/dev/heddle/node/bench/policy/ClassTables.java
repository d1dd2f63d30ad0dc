package dev.heddle.node.bench.policy;

import dev.heddle.node.apply.BpfKernel;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.kernel.DeviceLink;
import dev.heddle.node.kernel.Hook;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.kernel.Slot;
import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.compile.Subjects;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Heddle, whole: both programs on the pod's device, with anti-spoofing, conntrack, counters and events.
 *
 * @param lane names its pins too, so that two may stand side by side
 */
record ClassTables(String label, String lane) implements Way {
    static final Path BPF = Path.of("/sys/fs/bpf");

    @Override
    public AutoCloseable enforce(Lane lane, Workload workload, boolean stateful) {
        Path pins = BPF.resolve("heddle-bench-" + ProcessHandle.current().pid() + "-" + lane());
        Image image = Compiler.compile(workload.view(), new PeerNumbering(Abi.PEERS), Capacity.OF_THE_KERNEL_TABLES);
        if (!image.problems().isEmpty()) {
            throw new IllegalStateException(
                    "not the whole policy: " + image.problems().getFirst());
        }
        Subjects subjects = Objects.requireNonNull(image.subjects().get(Workload.endpoint()));
        BpfKernel kernel = BpfKernel.adopt(pins, Optional.empty());
        Slot slot = new Slot(lane.ifindex(), PodAddresses.of(Ipv4.parse(Workload.POD)), Lane.POD_MAC, false);
        kernel.observe(); // as a daemon does: from now on programs look for services only where there are some
        kernel.putNodeAddress(Ipv4.parse(Workload.HOST));
        kernel.storeSlot(slot, subjects, image);
        kernel.writeStandby(image, Map.of(lane.ifindex(), subjects), 1);
        kernel.flip(1);
        lane.onNode(() -> {
            for (Hook hook : Hook.values()) {
                kernel.attach(new DeviceLink(lane.ifindex(), hook));
            }
            return true;
        });
        return () -> {
            kernel.close();
            BpfKernel.removeAll(pins);
        };
    }
}
