package dev.heddle.node.desired;

import dev.heddle.node.kernel.Address;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    /** What this node claims: the addresses of its interfaces whose pod is known. */
    public Map<Address, OwnPod> claims() {
        Map<Address, OwnPod> claims = new TreeMap<>();
        for (PodInterface attached : interfaces.values()) {
            podOf(attached).ifPresent(pod -> attached.addresses().all().forEach(address -> claims.put(address, pod)));
        }
        return claims;
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
