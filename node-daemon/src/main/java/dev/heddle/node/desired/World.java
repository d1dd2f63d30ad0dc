package dev.heddle.node.desired;

import dev.heddle.node.kernel.Address;
import dev.heddle.policy.identity.Identity;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Everything the daemon knows. Used by the loop's thread only. */
public final class World {

    private final String node;
    private Peers peers = new Peers();
    private final Sets sets = new Sets();
    private final Pods pods = new Pods();
    private ServiceTable services;
    private ClusterNodes nodes;
    private Set<Address> nodeAddresses = Set.of();
    private final Set<String> published = new HashSet<>();
    private Map<Address, String> publishedClaims = Map.of();
    private String nodeState = "";
    private long nodeStateGeneration;
    private boolean detach;
    private boolean synced;
    private boolean remembered;
    /** Of own pods: a hash for each of them would be made anew with every change of a policy. */
    private IdentityHashMap<OwnPod, Own> named = new IdentityHashMap<>();

    private record Own(String hash, Identity identity) {}

    public World(String node) {
        this.node = node;
        this.nodes = new ClusterNodes(node);
        this.services = new ServiceTable(node);
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

    public ClusterNodes nodes() {
        return nodes;
    }

    public Set<Address> nodeAddresses() {
        return nodeAddresses;
    }

    public void nodeAddresses(Set<Address> addresses) {
        nodeAddresses = Set.copyOf(addresses);
        nodes.devices(nodeAddresses.stream().map(Address::cidr).collect(Collectors.toSet()));
    }

    /**
     * What the NodeState says now.
     *
     * @param uid of the object: one that is made anew is another
     */
    public void nodeState(String uid, long generation, boolean detachWanted) {
        nodeState = uid;
        nodeStateGeneration = generation;
        detach = detachWanted;
    }

    /** The NodeState was deleted. What it said stays in force: the next one replaces it. */
    public void nodeStateGone(String uid) {
        if (nodeState.equals(uid)) {
            nodeState = "";
        }
    }

    /** The uid of the NodeState; empty while there is none. */
    public String nodeState() {
        return nodeState;
    }

    /** The generation of the NodeState that was seen last. */
    public long nodeStateGeneration() {
        return nodeStateGeneration;
    }

    /** Those whose policies must be known here, the cluster's among them. */
    public SortedSet<String> namespaces() {
        SortedSet<String> namespaces = pods.namespaces();
        namespaces.add(Sets.CLUSTER_WIDE);
        return namespaces;
    }

    /** Heddle is being uninstalled: this node lets go of everything. */
    public boolean isDetaching() {
        return detach;
    }

    /** An identity is at the API server. */
    public void identityPublished(Identity identity) {
        peers.identity(identity);
        published.add(identity.hash());
    }

    public void identityGone(String hash) {
        published.remove(hash);
        peers.identityGone(hash);
    }

    public boolean isPublished(String identity) {
        return published.contains(identity);
    }

    /** What this node claims according to the API server. */
    public void ownEndpointsSeen(Map<Address, String> claims) {
        publishedClaims = Map.copyOf(claims);
    }

    /** Whether every other node can learn that the address has this identity. */
    public boolean isPublished(Address address, String identity) {
        return isPublished(identity) && identity.equals(publishedClaims.get(address));
    }

    /** Whether the API server has exactly these claims of this node. */
    public boolean arePublished(Map<Address, String> claims) {
        return publishedClaims.equals(claims);
    }

    public void nodeGone(String name) {
        if (name.equals(node)) {
            publishedClaims = Map.of();
        }
        peers.nodeGone(name);
    }

    /** Every list was read once: from now on, what is not here does not exist. */
    public void synced() {
        synced = true;
        remembered = false;
    }

    /** What an earlier daemon knew last is here, whole: it counts until every list was read. */
    public void remembered() {
        remembered = !synced;
    }

    /**
     * Forgets what API objects said, so that it can be said again from the beginning. Interfaces and policies that are in
     * force stay.
     */
    public void startOver() {
        remembered = false;
        peers = new Peers();
        services = new ServiceTable(node);
        nodes = new ClusterNodes(node);
        nodeAddresses(nodeAddresses);
        pods.startOver();
        published.clear();
        publishedClaims = Map.of();
        nodeState = "";
    }

    /** Whether enough is known to say what should be in force. */
    public boolean isKnown() {
        return synced || remembered;
    }

    public boolean isSynced() {
        return synced;
    }

    /** Own pods count at once, without the way through the API server. */
    void claimOwnAddresses() {
        Map<Address, String> claims = new HashMap<>();
        IdentityHashMap<OwnPod, Own> now = new IdentityHashMap<>();
        pods.claims().forEach((address, pod) -> {
            Own own = now.computeIfAbsent(pod, this::own);
            peers.identity(own.hash(), own.identity());
            claims.put(address, own.hash());
        });
        named = now;
        peers.claims(node, Collections.unmodifiableMap(claims));
    }

    private Own own(OwnPod pod) {
        Own known = named.get(pod);
        if (known != null) {
            return known;
        }
        Identity identity = pod.identity();
        return new Own(identity.hash(), identity);
    }
}
