package dev.heddle.operator.scale;

/**
 * A pod that nobody runs.
 *
 * @param node number of its node
 * @param address unique in the cluster
 */
record SimulatedPod(String namespace, String name, String app, int node, String address) {}
