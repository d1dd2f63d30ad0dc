package dev.heddle.operator.scale;

import java.io.IOException;

/**
 * Who takes the machine's CPU time, in seconds, so far or for each second: all of it is on one machine here, and in a cluster
 * it is not.
 *
 * @param rig the simulated nodes, and who changes pods and policies
 */
record Shares(double operator, double apiServer, double etcd, double rig) {

    static Shares now(MeasuredProcess operator) throws IOException {
        return new Shares(
                operator.cpuSeconds(),
                MeasuredProcess.started("kube-apiserver").cpuSeconds(),
                MeasuredProcess.started("etcd").cpuSeconds(),
                MeasuredProcess.self().cpuSeconds());
    }

    /** What was taken since then, for each second. */
    Shares since(Shares before, double seconds) {
        return new Shares(
                (operator - before.operator) / seconds,
                (apiServer - before.apiServer) / seconds,
                (etcd - before.etcd) / seconds,
                (rig - before.rig) / seconds);
    }
}
