package dev.heddle.node.bench.policy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Several ways to enforce a policy, each in a lane of its own, measured in turns. */
final class Race implements AutoCloseable {
    private final List<Runner> runners = new ArrayList<>();

    /** A way in its lane. */
    private record Runner(Way way, Lane lane, AutoCloseable enforced) {}

    /** Enters a way with the policy that it enforces. */
    Race enter(Way way, Workload workload, boolean stateful) throws IOException {
        Lane lane = new Lane(way.lane());
        try {
            runners.add(new Runner(way, lane, way.enforce(lane, workload, stateful)));
            return this;
        } catch (IOException | RuntimeException e) {
            lane.close();
            throw e;
        }
    }

    List<Lane> lanes() {
        return runners.stream().map(Runner::lane).toList();
    }

    /**
     * Measures every lane in each round.
     *
     * @return by lane, then by round
     */
    double[][] run(int warmUp, int rounds, ToDoubleFunction<Lane> measure) {
        double[][] figures = new double[runners.size()][rounds];
        for (int round = -warmUp; round < rounds; round++) {
            for (int lane = 0; lane < runners.size(); lane++) {
                double figure = measure.applyAsDouble(runners.get(lane).lane());
                if (round >= 0) {
                    figures[lane][round] = figure;
                }
            }
        }
        return figures;
    }

    @Override
    public void close() throws IOException {
        IOException failed = new IOException("what a benchmark put into a lane could not be removed");
        for (Runner runner : runners) {
            try {
                runner.enforced().close();
            } catch (Exception e) {
                failed.addSuppressed(e);
            }
            runner.lane().close();
        }
        if (failed.getSuppressed().length > 0) {
            throw failed;
        }
    }
}
