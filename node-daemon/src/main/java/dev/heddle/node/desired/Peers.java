package dev.heddle.node.desired;

import dev.heddle.node.kernel.Address;
import dev.heddle.policy.compile.NodeView.Claim;
import dev.heddle.policy.compile.Who;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who has which address in the cluster. It keeps apart what a single store can follow (an address changed hands)
 * from what needs a compile (namespace labels, pod ranges).
 */
public final class Peers {

    private final Map<String, Map<String, String>> namespaces = new HashMap<>();
    private final Map<String, Identity> identities = new HashMap<>();
    private final Map<String, List<Cidr>> ranges = new TreeMap<>();
    private final Map<String, Map<Address, String>> claimsOfNode = new HashMap<>();
    /** By node, nearly always one: immutable maps take a tenth of the memory then. */
    private final Map<Address, Map<String, String>> claimsOfAddress = new HashMap<>();
    /** Claimed by more than one node. */
    private final Set<Address> shared = new HashSet<>();

    private final Map<String, Set<Address>> unknown = new HashMap<>();
    private Set<Address> changed = new HashSet<>();
    private boolean recompile = true;

    public void namespace(String name, Map<String, String> labels) {
        Map<String, String> copy = Map.copyOf(labels);
        if (!copy.equals(namespaces.put(name, copy))) {
            recompile |= isUsed(name);
        }
    }

    public void namespaceGone(String name) {
        namespaces.remove(name);
    }

    public boolean hasNamespace(String name) {
        return namespaces.containsKey(name);
    }

    public void identity(Identity identity) {
        identity(identity.hash(), identity);
    }

    /** The same, with its hash. */
    void identity(String hash, Identity identity) {
        if (identities.putIfAbsent(hash, identity) == null) {
            Set<Address> waiting = unknown.remove(hash);
            if (waiting != null) {
                changed.addAll(waiting);
            }
        }
    }

    /** Forgets an identity, unless an address still has it. */
    public void identityGone(String hash) {
        boolean used = claimsOfAddress.values().stream().anyMatch(claims -> claims.containsValue(hash));
        if (!used) {
            identities.remove(hash);
        }
    }

    public @Nullable Identity identity(String hash) {
        return identities.get(hash);
    }

    /** Sets the ranges that a node's pods have their addresses from; claims outside of them do not count. */
    public void ranges(String node, List<Cidr> allowed) {
        List<Cidr> copy = List.copyOf(allowed);
        if (!copy.equals(ranges.put(node, copy))) {
            recompile = true;
        }
    }

    /** Whether a node may claim this address. */
    public boolean mayClaim(String node, Address address) {
        Cidr cidr = address.cidr();
        return ranges.getOrDefault(node, List.of()).stream().anyMatch(range -> range.contains(cidr));
    }

    /** Replaces all that a node claims: address to identity hash. */
    public void claims(String node, Map<Address, String> claims) {
        Map<Address, String> before = claimsOfNode.getOrDefault(node, Map.of());
        for (Address address : before.keySet()) {
            if (!claims.containsKey(address)) {
                unclaim(node, address);
            }
        }
        claims.forEach((address, identity) -> {
            if (!identity.equals(before.get(address))) {
                claim(node, address, identity);
            }
        });
        claimsOfNode.put(node, Map.copyOf(claims));
    }

    public void nodeGone(String node) {
        claims(node, Map.of());
        claimsOfNode.remove(node);
        if (ranges.remove(node) != null) {
            recompile = true;
        }
    }

    /** Who is behind an address. */
    Who who(Address address) {
        Set<String> claimed = identities(claimsOfAddress.getOrDefault(address, Map.of()));
        if (claimed.isEmpty()) {
            Cidr cidr = address.cidr();
            boolean pod = podRanges().stream().anyMatch(range -> range.contains(cidr));
            return pod ? Who.PENDING : Who.WORLD;
        }
        String identity = claimed.iterator().next();
        return claimed.size() > 1 || !identities.containsKey(identity) ? Who.PENDING : new Who.Known(identity);
    }

    /** Addresses that changed hands since the last call. */
    Set<Address> takeChanged() {
        Set<Address> taken = changed;
        changed = new HashSet<>();
        return taken;
    }

    /** Whether something changed since the last call that no single store can follow. */
    boolean takeRecompile() {
        boolean taken = recompile;
        recompile = false;
        return taken;
    }

    /** How many addresses are claimed in the cluster. */
    public int size() {
        return claimsOfAddress.size();
    }

    /** Addresses that nodes claim for different identities, with those nodes; they are pending. */
    public SortedMap<Address, SortedSet<String>> conflicts() {
        SortedMap<Address, SortedSet<String>> conflicts = new TreeMap<>();
        for (Address address : shared) {
            Map<String, String> claims = claimsOfAddress.getOrDefault(address, Map.of());
            if (identities(claims).size() > 1) {
                conflicts.put(address, new TreeSet<>(claims.keySet()));
            }
        }
        return conflicts;
    }

    Map<String, Map<String, String>> namespaces() {
        return Collections.unmodifiableMap(namespaces);
    }

    Map<String, Identity> identities() {
        return Collections.unmodifiableMap(identities);
    }

    List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        claimsOfAddress.forEach((address, byNode) ->
                identities(byNode).forEach(identity -> claims.add(new Claim(address.cidr(), identity))));
        return claims;
    }

    List<Cidr> podRanges() {
        return ranges.values().stream().flatMap(Collection::stream).distinct().toList();
    }

    /** Not by way of {@link Map#values}, which a map keeps once it was asked for. */
    private static Set<String> identities(Map<String, String> byNode) {
        Set<String> identities = new HashSet<>(2);
        byNode.forEach((node, identity) -> identities.add(identity));
        return identities;
    }

    private void claim(String node, Address address, String identity) {
        Map<String, String> claims = new HashMap<>(claimsOfAddress.getOrDefault(address, Map.of()));
        claims.put(node, identity);
        claimsOfAddress.put(address, Map.copyOf(claims));
        if (claims.size() > 1) {
            shared.add(address);
        }
        changed.add(address);
        if (!identities.containsKey(identity)) {
            unknown.computeIfAbsent(identity, key -> new HashSet<>()).add(address);
        }
    }

    private void unclaim(String node, Address address) {
        claimsOfAddress.computeIfPresent(address, (key, before) -> {
            Map<String, String> claims = new HashMap<>(before);
            claims.remove(node);
            if (claims.size() < 2) {
                shared.remove(address);
            }
            return claims.isEmpty() ? null : Map.copyOf(claims);
        });
        changed.add(address);
    }

    private boolean isUsed(String namespace) {
        return identities.values().stream()
                .anyMatch(identity -> identity.namespace().equals(namespace));
    }
}
