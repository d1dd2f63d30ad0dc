package dev.heddle.node.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.bpf.AttachType;
import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.ProgramType;
import dev.heddle.node.ffm.bpf.TestRun;
import dev.heddle.node.ffm.elf.BpfObject;
import dev.heddle.node.ffm.elf.ObjectFile;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.EventLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.layout.NodeConfigLayout;
import dev.heddle.node.ffm.ring.RingReader;
import dev.heddle.policy.oracle.Flow;
import dev.heddle.policy.rule.Direction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Both programs of a pod's device, run on first packets of flows, as if the loopback device were a pod's. */
final class LoopbackHooks implements AutoCloseable {

    static final int IFINDEX = 1;

    private static final int SKB_SIZE = 192;
    private static final int SKB_INGRESS_IFINDEX = 36;
    private static final int SKB_IFINDEX = 40;
    private static final int TCX_NEXT = -1;
    private static final int SOME_DEVICE = 1;
    private static final int FIRST_CLIENT_PORT = 20_000;
    private static final int CLIENT_PORTS = 40_000;

    private final Map<KernelMap, BpfMap> maps = new EnumMap<>(KernelMap.class);
    private final BpfObject fromPod;
    private final BpfObject toPod;
    private final RingReader events;
    private int flows;

    /**
     * What a program said.
     *
     * @param rule the deciding rule's number in the image; 0 for none
     */
    record Said(boolean passed, int rule) {}

    LoopbackHooks(SmallKernel small) {
        for (KernelMap map : KernelMap.values()) {
            maps.put(map, small.map(map));
        }
        fromPod = load("from_pod", AttachType.TCX_INGRESS);
        toPod = load("to_pod", AttachType.TCX_EGRESS);
        events = RingReader.of(small.map(KernelMap.EVENTS));
    }

    /** Every drop and every flow that begins is said. */
    private BpfObject load(String name, AttachType attach) {
        byte[] config = ByteBuffer.allocate((int) NodeConfigLayout.SIZE)
                .order(ByteOrder.nativeOrder())
                .putInt((int) NodeConfigLayout.CONNTRACK_BUDGET, Integer.MAX_VALUE)
                .putInt((int) NodeConfigLayout.FLOW_EVENTS, Integer.MAX_VALUE)
                .putInt((int) NodeConfigLayout.DROP_EVENTS, Integer.MAX_VALUE)
                .array();
        return ObjectFile.shipped(name)
                .reuse(maps)
                .constant("config", config)
                .program(name, ProgramType.SCHED_CLS, attach)
                .load();
    }

    /** The first packet of a flow that nobody has seen yet. */
    Said run(Flow flow) {
        boolean leaves = flow.direction() == Direction.EGRESS;
        byte[] pod = flow.subject().address().address();
        byte[] other = flow.other().address().address();
        int client = FIRST_CLIENT_PORT + flows++ % CLIENT_PORTS;
        byte[] frame = FirstPacket.of(leaves ? pod : other, leaves ? other : pod, flow.protocol(), client, flow.port());
        byte[] context = ByteBuffer.allocate(SKB_SIZE)
                .order(ByteOrder.nativeOrder())
                .putInt(SKB_INGRESS_IFINDEX, flow.isWithOwnNode() ? 0 : SOME_DEVICE)
                .putInt(SKB_IFINDEX, IFINDEX)
                .array();
        int returned = (leaves ? fromPod.program("from_pod") : toPod.program("to_pod"))
                .testRun(TestRun.of(frame).withContext(context))
                .returned();
        List<Said> said = new ArrayList<>();
        events.drain(record -> {
            int verdict = record.getByte(EventLayout.VERDICT);
            assertThat(verdict).as("judged by its own direction").isNotEqualTo(Abi.VERDICT_REPLY);
            int cell = record.getInt(EventLayout.CELL);
            assertThat(cell >>> Abi.CELL_ACTION_SHIFT == Abi.ACTION_ALLOW)
                    .as("what explains it")
                    .isEqualTo(verdict == Abi.VERDICT_ALLOWED);
            said.add(new Said(verdict == Abi.VERDICT_ALLOWED, cell & Abi.CELL_RULE_MASK));
        });
        assertThat(said).as("%s", flow).hasSize(1);
        assertThat(returned == TCX_NEXT).isEqualTo(said.getFirst().passed());
        return said.getFirst();
    }

    @Override
    public void close() {
        events.close();
        fromPod.close();
        toPod.close();
        maps.values().forEach(BpfMap::close);
    }
}
