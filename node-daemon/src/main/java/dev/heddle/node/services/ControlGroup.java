package dev.heddle.node.services;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The control group under which all pods of this node run: where connect-time translation attaches.
 *
 * <p>The daemon is itself a pod, so its own group lies below the kubelet's root: {@code
 * ROOT/kubepods.../pod.../container}. What is before the kubelet's first level is the node's root; on most nodes it
 * is the hierarchy's own root, on nodes that share a machine it is not.
 */
public final class ControlGroup {

    private static final String KUBELET_LEVEL = "/kubepods";

    private ControlGroup() {}

    /**
     * Finds the group.
     *
     * @param mountInfo lines of {@code /proc/self/mountinfo} (proc_pid_mountinfo(5))
     * @param ownGroups lines of {@code /proc/self/cgroup} (cgroups(7))
     * @return empty without a cgroup2 mount
     */
    public static Optional<Path> ofNode(List<String> mountInfo, List<String> ownGroups) {
        return mountInfo.stream()
                .map(line -> line.split(" ", -1))
                .filter(fields -> List.of(fields).subList(6, fields.length).contains("cgroup2"))
                .map(fields -> Path.of(fields[4]))
                .findFirst()
                .map(mount -> mount.resolve(nodeRoot(ownGroups)));
    }

    /** The node's root, relative to the hierarchy's; empty when it is the hierarchy's own. */
    private static String nodeRoot(List<String> ownGroups) {
        return ownGroups.stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> line.substring("0::".length()))
                .filter(group -> group.contains(KUBELET_LEVEL))
                .map(group -> group.substring(0, group.indexOf(KUBELET_LEVEL)))
                .map(group -> group.startsWith("/") ? group.substring(1) : group)
                .findFirst()
                .orElse("");
    }
}
