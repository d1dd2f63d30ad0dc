package dev.heddle.node.desired;

import dev.heddle.node.kernel.Address;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The pods of this node and their interfaces. */
public final class Pods {

    private final Map<String, OwnPod> byName = new TreeMap<>();
    private final Map<String, PodInterface> interfaces = new TreeMap<>();
    private final Map<String, OwnPod> lastKnown = new HashMap<>();

    public void pod(OwnPod pod) {
        byName.put(key(pod.namespace(), pod.name()), pod);
    }

    /** Forgets a pod, unless another of the same name has taken its place. Its interface keeps its policy. */
    public void podGone(String namespace, String name, String uid) {
        byName.computeIfPresent(key(namespace, name), (key, pod) -> pod.uid().equals(uid) ? null : pod);
    }

    /** Forgets every pod, but not what was last known of those that have an interface. */
    void startOver() {
        interfaces.values().forEach(this::podOf);
        byName.clear();
    }

    /**
     * An interface is there.
     *
     * @param pod who it was when this was last known, for interfaces that outlive their pod's object
     */
    public void attached(PodInterface attached, @Nullable OwnPod pod) {
        interfaces.put(attached.id(), attached);
        if (pod != null) {
            lastKnown.put(attached.id(), pod);
        }
    }

    /**
     * An interface is gone.
     *
     * @return the interface that was there
     */
    public Optional<PodInterface> detached(String id) {
        lastKnown.remove(id);
        return Optional.ofNullable(interfaces.remove(id));
    }

    public Optional<PodInterface> attached(String id) {
        return Optional.ofNullable(interfaces.get(id));
    }

    public Collection<PodInterface> interfaces() {
        return Collections.unmodifiableCollection(interfaces.values());
    }

    public Collection<OwnPod> pods() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** Those of pods that policies apply to. */
    SortedSet<String> namespaces() {
        SortedSet<String> namespaces = new TreeSet<>();
        interfaces.values().forEach(attached -> namespaces.add(attached.namespace()));
        byName.values().stream()
                .filter(pod -> !pod.hostNetwork() && !pod.finished())
                .forEach(pod -> namespaces.add(pod.namespace()));
        return namespaces;
    }

    /** The pod of this name; empty when it is not known, or when it is another of the same name. */
    public Optional<OwnPod> pod(String namespace, String name, @Nullable String uid) {
        OwnPod pod = byName.get(key(namespace, name));
        return pod == null || (uid != null && !uid.equals(pod.uid())) ? Optional.empty() : Optional.of(pod);
    }

    /** The pod of an interface, or what was last known of it. */
    public Optional<OwnPod> podOf(PodInterface attached) {
        Optional<OwnPod> pod = pod(attached.namespace(), attached.pod(), attached.uid());
        pod.ifPresent(known -> lastKnown.put(attached.id(), known));
        return pod.or(() -> Optional.ofNullable(lastKnown.get(attached.id())));
    }

    /**
     * What this node claims: the addresses of its interfaces whose pod is known. An address of two pods that are not alike is
     * nobody's.
     */
    public Map<Address, OwnPod> claims() {
        Map<Address, OwnPod> claims = holders();
        claims.keySet().removeAll(conflicts(claims).keySet());
        return claims;
    }

    /** Addresses of two pods of this node that are not alike, with the pods' {@code namespace/name}. */
    public SortedMap<Address, SortedSet<String>> conflicts() {
        return conflicts(holders());
    }

    private SortedMap<Address, SortedSet<String>> conflicts(Map<Address, OwnPod> holders) {
        SortedMap<Address, SortedSet<String>> conflicts = new TreeMap<>();
        for (PodInterface attached : interfaces.values()) {
            for (Address address : attached.addresses().all()) {
                OwnPod pod = podOf(attached).orElse(null);
                OwnPod holder = holders.get(address);
                if (pod != null
                        && holder != null
                        && !pod.equals(holder)
                        && !pod.identity().equals(holder.identity())) {
                    conflicts
                            .computeIfAbsent(address, key -> new TreeSet<>())
                            .addAll(List.of(key(pod.namespace(), pod.name()), key(holder.namespace(), holder.name())));
                }
            }
        }
        return conflicts;
    }

    /** One of the pods that have it, for each address. */
    private Map<Address, OwnPod> holders() {
        Map<Address, OwnPod> holders = new TreeMap<>();
        for (PodInterface attached : interfaces.values()) {
            podOf(attached).ifPresent(pod -> attached.addresses().all().forEach(address -> holders.put(address, pod)));
        }
        return holders;
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
