package dev.heddle.node.desired;

import dev.heddle.node.kernel.Ipv4;
import dev.heddle.policy.identity.Identity;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Everything the daemon knows. Used by the loop's thread only. */
public final class World {

    private final String node;
    private final Peers peers = new Peers();
    private final Sets sets = new Sets();
    private final Pods pods = new Pods();
    private final ServiceTable services = new ServiceTable();
    private Set<Ipv4> nodeAddresses = Set.of();
    private boolean synced;

    public World(String node) {
        this.node = node;
    }

    public String node() {
        return node;
    }

    public Peers peers() {
        return peers;
    }

    public Sets sets() {
        return sets;
    }

    public Pods pods() {
        return pods;
    }

    public ServiceTable services() {
        return services;
    }

    public Set<Ipv4> nodeAddresses() {
        return nodeAddresses;
    }

    public void nodeAddresses(Set<Ipv4> addresses) {
        nodeAddresses = Set.copyOf(addresses);
    }

    /** Every list was read once: from now on, what is not here does not exist. */
    public void synced() {
        synced = true;
    }

    public boolean isSynced() {
        return synced;
    }

    /** Own pods count at once, without the way through the API server. */
    void claimOwnAddresses() {
        Map<Ipv4, String> claims = new HashMap<>();
        Map<OwnPod, String> hashes = new HashMap<>();
        pods.claims()
                .forEach((address, pod) -> claims.put(address, hashes.computeIfAbsent(pod, known -> {
                    Identity identity = known.identity();
                    peers.identity(identity);
                    return identity.hash();
                })));
        peers.claims(node, Collections.unmodifiableMap(claims));
    }
}
