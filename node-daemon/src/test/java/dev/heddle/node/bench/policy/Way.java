package dev.heddle.node.bench.policy;

import java.io.IOException;

/** A way to enforce a workload's policy on what a lane's pod sends. What it puts into a lane goes with the lane. */
interface Way {
    /** For tables and JSON. */
    String label();

    /** A word for the lane's name, at most ten characters. */
    String lane();

    /**
     * Puts the policy in force.
     *
     * @param stateful answers and later packets of a connection are known by the connection, as firewalls are set up;
     *     a way that always does so ignores it
     * @return what holds it there
     */
    AutoCloseable enforce(Lane lane, Workload workload, boolean stateful) throws IOException;
}
