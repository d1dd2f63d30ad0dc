package dev.heddle.node.bench.policy;

import static dev.heddle.node.bench.BenchObject.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.apply.BpfKernel;
import dev.heddle.node.bench.BenchObject;
import dev.heddle.node.ffm.BpfFs;
import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.TestRun;
import dev.heddle.node.ffm.elf.BpfObject;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.kernel.Slot;
import dev.heddle.node.packetlife.Family;
import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.compile.Subjects;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A pod under a workload's rules, as a daemon puts them into force, and {@code from_pod} run on what the pod sends: as if
 * the loopback device were the pod's.
 */
final class RuledPod implements AutoCloseable {
    private static final int REPEAT = 100_000;
    private static final int IFINDEX = 1;
    private static final int SKB_SIZE = 192;
    private static final int SKB_IFINDEX = 40;
    private static final int PASSED = -1;
    private static final int DROPPED = 2;

    private final Family family;
    private final BpfFs fs = BpfFs.mount();
    private final BpfKernel kernel = BpfKernel.adopt(fs.path("heddle"), Optional.empty());
    private final Map<KernelMap, BpfMap> maps = new EnumMap<>(KernelMap.class);
    private final BpfObject object;

    RuledPod(Workload workload) throws IOException {
        family = workload.family();
        Image image = Compiler.compile(workload.view(), new PeerNumbering(Abi.PEERS), Capacity.OF_THE_KERNEL_TABLES);
        assertThat(image.problems()).isEmpty();
        Subjects subjects = Objects.requireNonNull(image.subjects().get(Workload.endpoint()));
        kernel.observe();
        kernel.putNodeAddress(Ipv4.parse(Workload.HOST));
        PodAddresses addresses = PodAddresses.of(Ipv4.parse(Workload.POD), Ipv6.parse(Workload.POD6));
        kernel.storeSlot(new Slot(IFINDEX, addresses, Lane.POD_MAC, false), subjects, image);
        kernel.writeStandby(image, Map.of(IFINDEX, subjects), 1);
        kernel.flip(1);
        for (KernelMap map : KernelMap.values()) {
            maps.put(map, BpfMap.openPinned(BpfKernel.pin(fs.path("heddle"), map)));
        }
        object = BenchObject.of("growth")
                .reuse(maps)
                .constant("bench_peers", number(workload.peers()))
                .load();
        assertThat(run("drawn_from_pod", Workload.PORT + 1, 1)).isEqualTo(DROPPED);
    }

    /** CPU time of one packet, in nanoseconds. */
    double packet() {
        return nanos("drawn_from_pod");
    }

    /** What of that is not {@code from_pod}. */
    double drawing() {
        return nanos("drawn");
    }

    private double nanos(String program) {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        int returned = run(program, Workload.PORT, REPEAT);
        long after = threads.getCurrentThreadCpuTime();
        assertThat(returned).as(program).isEqualTo(PASSED);
        return (double) (after - before) / REPEAT;
    }

    private int run(String program, int port, int times) {
        byte[] context = ByteBuffer.allocate(SKB_SIZE)
                .order(ByteOrder.nativeOrder())
                .putInt(SKB_IFINDEX, IFINDEX)
                .array();
        return object.program(program)
                .testRun(TestRun.of(frame(port)).withContext(context).repeated(times))
                .returned();
    }

    /** Of a connection that is open: an ACK from port 40000. The program sets the destination. */
    private byte[] frame(int port) {
        String link = Lane.DEVICE_MAC + Lane.POD_MAC;
        String ip = family == Family.IPV4
                ? "0800" + "4500002800004000400600000a4100020a400001"
                : "86dd" + "6000000000140640" + "fd000010024500000000000000000002" + "fd000010024400000000000000000001";
        String tcp = "9c40" + HexFormat.of().toHexDigits((short) port) + "00000001000000015010ffff00000000";
        return HexFormat.of().parseHex(link + ip + tcp);
    }

    @Override
    public void close() {
        object.close();
        maps.values().forEach(BpfMap::close);
        kernel.close();
        fs.close();
    }
}
