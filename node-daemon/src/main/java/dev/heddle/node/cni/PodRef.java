package dev.heddle.node.cni;

import org.jspecify.annotations.Nullable;

/**
 * The pod that an attachment belongs to, as the kubelet names it in {@code CNI_ARGS}.
 *
 * @param uid the pod's uid; null with runtimes that do not pass {@code K8S_POD_UID} (it came with containerd 1.4)
 */
public record PodRef(
        String namespace, String name, @Nullable String uid) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
