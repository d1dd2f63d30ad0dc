package dev.heddle.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.bpf.BpfProgram;
import dev.heddle.node.ffm.bpf.TestRun;
import dev.heddle.node.ffm.elf.BpfObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;

/** A program of {@code bpf/src/bench}, and what one run of it takes. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BenchProgram(BpfObject object, String name, byte[] packet) implements AutoCloseable {
    private static final int ROUNDS = 21;
    private static final int WARM_UP = 2;
    private static final int REPEAT = 400_000;
    private static final int ALLOWED = 0;

    /**
     * One whose name ends in 6 is for IPv6.
     *
     * @param peers how many addresses the program draws from
     */
    static BenchProgram load(String name, int peers) throws IOException {
        return new BenchProgram(
                BenchObject.of(name)
                        .constant("bench_peers", BenchObject.number(peers))
                        .load(),
                name,
                name.endsWith("6") ? packet6() : packet4());
    }

    /** CPU time of this thread for one run, in nanoseconds, so that other processes count less. */
    double nanos() {
        BpfProgram program = object.program(name);
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        int returned = program.testRun(TestRun.of(packet).repeated(REPEAT)).returned();
        long after = threads.getCurrentThreadCpuTime();
        assertThat(returned).as("%s allows the packet", program).isEqualTo(ALLOWED);
        return (double) (after - before) / REPEAT;
    }

    /**
     * What two programs take above a third that asks nothing, in nanoseconds, measured in turns.
     *
     * @return by program, then by round
     */
    static double[][] above(BenchProgram nothing, BenchProgram ours, BenchProgram theirs) {
        double[][] times = new double[2][ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double base = nothing.nanos();
            double first = ours.nanos() - base;
            double second = theirs.nanos() - base;
            if (round >= 0) { // those before warm the caches
                times[0][round] = first;
                times[1][round] = second;
            }
        }
        return times;
    }

    /** A TCP SYN from 10.64.255.254:40000 to 10.64.0.1:8080. */
    private static byte[] packet4() {
        String ethernet = "020000000002020000000001" + "0800";
        String ipv4 = "4500002800004000400600000a40fffe0a400001";
        return HexFormat.of().parseHex(ethernet + ipv4 + syn());
    }

    /** The same from fd00:10:244:ffff::1 to fd00:10:244::1. */
    private static byte[] packet6() {
        String ethernet = "020000000002020000000001" + "86dd";
        String ipv6 = "6000000000140640" + "fd0000100244ffff0000000000000001" + "fd000010024400000000000000000001";
        return HexFormat.of().parseHex(ethernet + ipv6 + syn());
    }

    private static String syn() {
        return "9c40" + HexFormat.of().toHexDigits((short) VerdictTables.PORT) + "00000001000000005002ffff00000000";
    }

    @Override
    public void close() {
        object.close();
    }
}
