package dev.heddle.node.ffm.bpf;

import dev.heddle.node.ffm.KernelException;
import dev.heddle.node.ffm.sys.Errno;
import dev.heddle.node.ffm.sys.Mapping;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What this kernel can do, asked by trying and not by its version: distributions carry features back. Asked once.
 *
 * @param tcx attaching to devices by links (6.6)
 * @param mappedArrays arrays written through memory (5.5)
 * @param ringBuffer (5.8)
 * @param socketErrors a program of a control group says with which error a socket call fails (5.18); else it is EPERM
 */
public record Features(boolean tcx, boolean mappedArrays, boolean ringBuffer, boolean socketErrors) {
    /** mov32 r1, -111; call bpf_set_retval; mov32 r0, 1; exit */
    private static final byte[] SETS_ERROR =
            HexFormat.of().parseHex("b401000091ffffff" + "85000000bb000000" + "b400000001000000" + "9500000000000000");

    private static final class Cached {
        static final Features FEATURES = new Features(
                probeTcx(),
                probe(MapSpec.mappedArray("probe", 8, 1)),
                probe(MapSpec.ring("probe", (int) Mapping.PAGE)),
                probeSocketErrors());
    }

    /** Of the running kernel. */
    public static Features ofKernel() {
        return Cached.FEATURES;
    }

    /** What is missing, and what happens instead, for people; empty when nothing is. */
    public List<String> lacking() {
        List<String> lacking = new ArrayList<>();
        if (!tcx) {
            lacking.add("no tcx (Linux 6.6): programs are attached as clsact filters");
        }
        if (!socketErrors) {
            lacking.add("no bpf_set_retval (Linux 5.18): a Service without backends answers EPERM");
        }
        return List.copyOf(lacking);
    }

    /** The loopback is device 1 in every namespace. A kernel without tcx does not know the attach type: EINVAL. */
    private static boolean probeTcx() {
        try (Arena arena = Arena.ofConfined()) {
            int loopback = 1;
            Attr attr = Attr.of(arena, 64).with(0, loopback).with(4, AttachType.TCX_INGRESS.code());
            long result = Command.PROG_QUERY.tryCall(attr.memory());
            return result >= 0 || result == -Errno.ENOENT;
        }
    }

    private static boolean probeSocketErrors() {
        try (BpfProgram program =
                BpfProgram.load("probe", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_CONNECT, SETS_ERROR)) {
            return program.id() > 0;
        } catch (KernelException e) {
            return false;
        }
    }

    private static boolean probe(MapSpec spec) {
        try (BpfMap map = BpfMap.create(spec)) {
            return map.id() > 0;
        } catch (KernelException e) {
            return false;
        }
    }
}
