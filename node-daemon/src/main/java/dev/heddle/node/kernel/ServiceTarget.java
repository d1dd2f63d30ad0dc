package dev.heddle.node.kernel;

import java.util.List;

/**
 * Where the connections to a service's address go.
 *
 * @param backends sorted; none: connections are refused
 * @param onlyThisNode of a node port: these are for the addresses of this node, and those of other nodes refuse unless
 *     they have a target of their own
 */
public record ServiceTarget(List<Backend> backends, boolean onlyThisNode, Affinity affinity) {
    public ServiceTarget {
        backends = List.copyOf(backends);
    }

    /** Of every address that the service has, and of every client alike. */
    public static ServiceTarget of(List<Backend> backends) {
        return new ServiceTarget(backends, false, Affinity.NONE);
    }
}
