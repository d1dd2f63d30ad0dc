package dev.heddle.operator.install;

import dev.heddle.crds.HeddleSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the host that the daemon sees at the same path.
 *
 * @param type what must be there, as of a hostPath volume
 * @param propagation how mounts cross, as of a volume mount
 */
record HostPath(
        String name, String path, String type, @Nullable String propagation) {

    private static final String DIRECTORY = "Directory";
    private static final String CREATED = "DirectoryOrCreate";

    static List<HostPath> of(HeddleSpec spec) {
        return List.of(
                // Pinned maps and links outlive the daemon; it mounts the file system where the host has not.
                new HostPath("bpffs", "/sys/fs/bpf", CREATED, "Bidirectional"),
                new HostPath("cgroups", "/sys/fs/cgroup", DIRECTORY, "HostToContainer"),
                new HostPath("state", "/run/heddle", CREATED, null),
                new HostPath("pod-networks", "/var/run/netns", CREATED, "HostToContainer"),
                // What the runtime keeps of CNI results: how pods are found that were there first.
                new HostPath("cni-results", "/var/lib/cni", CREATED, null),
                new HostPath("cni-conf", spec.cni().confDir(), CREATED, null),
                new HostPath("cni-bin", spec.cni().binDir(), CREATED, null));
    }
}
