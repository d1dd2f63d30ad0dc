package dev.heddle.node.bench.policy;

import dev.heddle.node.bench.BenchObject;
import dev.heddle.node.ffm.bpf.AttachType;
import dev.heddle.node.ffm.bpf.BpfLink;
import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.TcxPlace;
import dev.heddle.node.ffm.elf.BpfObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@code policy_hash.bpf.c}: an LPM trie of addresses and a policy hash table, the usual way in BPF. Verdict only. */
record HashMaps() implements Way {
    private static final byte TCP = 6;
    private static final byte EGRESS = 1;

    @Override
    public String label() {
        return "LPM + policy hash";
    }

    @Override
    public String lane() {
        return "hash";
    }

    @Override
    public AutoCloseable enforce(Lane lane, Workload workload, boolean stateful) throws IOException {
        BpfObject object = BenchObject.of("policy_hash").load();
        BpfMap prefixes = object.map("bench_prefixes");
        BpfMap policy = object.map("bench_policy");
        for (int peer = 0; peer < workload.peers(); peer++) {
            prefixes.put(
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.nativeOrder())
                            .putInt(32)
                            .order(ByteOrder.BIG_ENDIAN)
                            .putInt(Workload.FIRST_PEER + peer)
                            .array(),
                    BenchObject.number(peer + 1));
            policy.put(
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.nativeOrder())
                            .putInt(peer + 1)
                            .order(ByteOrder.BIG_ENDIAN)
                            .putShort((short) Workload.PORT)
                            .put(TCP)
                            .put(EGRESS)
                            .array(),
                    BenchObject.number(1));
        }
        BpfLink link = lane.onNode(() -> BpfLink.attachTcx(
                object.program("policy_hash"), lane.ifindex(), AttachType.TCX_INGRESS, TcxPlace.last()));
        return () -> {
            link.detach();
            link.close();
            object.close();
        };
    }
}
