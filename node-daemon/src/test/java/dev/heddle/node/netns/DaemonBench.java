package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.bench.Comparison;
import dev.heddle.bench.Percentile;
import dev.heddle.bench.Report;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Kernel;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Rule;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How soon the kernel follows on a node that knows 50,000 addresses of 5,000 identities and enforces 1,000 rules: the daemon's
 * own world, compiler and writer over the real tables, without an API server.
 */
@Tag("bench")
class DaemonBench {

    private static final int WARM_UP = 30;
    private static final int ROUNDS = 200;
    private static final double FLIP_BUDGET_MILLIS = 20;
    private static final double ADDRESS_BUDGET_MILLIS = 1;

    private long flipped;
    private long flippedCpu;
    private final double[] cpu = new double[ROUNDS];

    @Test
    void daemon() throws Exception {
        try (TestPins _ = new TestPins();
                TwoPods _ = TwoPods.up();
                SmallDaemon daemon = new SmallDaemon(TestPins.FOLDER, this::watched)) {
            BigCluster.fill(daemon.world());
            List<Rule> rules = new ArrayList<>(BigCluster.rules());
            daemon.enforce(rules);
            double[] flips = flips(daemon, rules);
            double[] addresses = addresses(daemon);
            System.gc();
            System.out.printf(
                    "live heap %.1f MiB%n",
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0);
            Report.publish(
                    "daemon",
                    "ms",
                    "budget",
                    List.of(
                            Comparison.ofBudget("daemon", "one rule, p50", "ms to flip", Percentile.of(flips, 0.5), 20),
                            Comparison.ofBudget(
                                    "daemon",
                                    "one rule, p99",
                                    "ms to flip",
                                    Percentile.of(flips, 0.99),
                                    FLIP_BUDGET_MILLIS),
                            Comparison.ofBudget(
                                    "daemon", "one rule, p50 of CPU", "ms of CPU to flip", Percentile.of(cpu, 0.5), 20),
                            Comparison.ofBudget(
                                    "daemon", "one address, p50", "ms to store", Percentile.of(addresses, 0.5), 1),
                            Comparison.ofBudget(
                                    "daemon",
                                    "one address, p99",
                                    "ms to store",
                                    Percentile.of(addresses, 0.99),
                                    ADDRESS_BUDGET_MILLIS)));
        }
    }

    private Kernel watched(Kernel kernel) {
        return Flips.watched(kernel, () -> {
            flipped = System.nanoTime();
            flippedCpu = cpuNanos();
        });
    }

    /** From the NodeState's change, its policy set being here, to the flip. */
    private double[] flips(SmallDaemon daemon, List<Rule> rules) {
        double[] millis = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            int changing = Math.floorMod(i * 7, rules.size());
            rules.set(changing, BigCluster.rule(changing, 9_000 + Math.floorMod(i, 100)));
            List<Rule> changed = List.copyOf(rules);
            long beganCpu = cpuNanos();
            long began = System.nanoTime();
            daemon.enforce(changed);
            assertThat(flipped).as("it flipped").isGreaterThan(began);
            if (i >= 0) {
                millis[i] = (flipped - began) / 1e6;
                cpu[i] = (flippedCpu - beganCpu) / 1e6;
            }
        }
        return millis;
    }

    /** From a node's NodeEndpoints with one address more until the live table has it. */
    private double[] addresses(SmallDaemon daemon) {
        double[] millis = new double[ROUNDS];
        String hash = Identity.of("n1", Map.of("app", "a1"), List.of()).hash();
        long lastFlip = flipped;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            int node = Math.floorMod(i, BigCluster.NODES);
            Map<Address, String> claims = new HashMap<>();
            BigCluster.claims(node).keySet().forEach(address -> claims.put(Address.parse(address), hash));
            daemon.world().peers().claims("node-" + node, claims);
            daemon.settle();
            claims.put(Address.parse("10.64." + node + "." + (i % 2 == 0 ? 252 : 253)), hash);
            long began = System.nanoTime();
            daemon.world().peers().claims("node-" + node, claims);
            daemon.settle();
            if (i >= 0) {
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
        }
        assertThat(flipped).as("stores are enough").isEqualTo(lastFlip);
        return millis;
    }

    /** What this thread has taken: other processes count less in it than in time. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
