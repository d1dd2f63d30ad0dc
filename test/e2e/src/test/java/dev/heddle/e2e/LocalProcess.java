package dev.heddle.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process of Heddle, found on this machine by its pod's cgroup, or of the control plane: so that a test can end it as
 * a crash would, with SIGKILL and without the kubelet knowing, or suspend it. Works where the nodes run on this machine.
 *
 * @param pod the pod's name; that of the program for a process of no pod
 * @param uid the pod's; empty for a process of no pod
 */
record LocalProcess(String pod, String uid, ProcessHandle handle) {

    private static final String NAMESPACE = Cluster.NAMESPACE;

    static LocalProcess daemonOn(KubernetesClient client, String node) {
        return onlyOne(client, Cluster.DAEMON, node);
    }

    /** Whether the kubelet has started a daemon (again). */
    static boolean isThereOn(KubernetesClient client, String node) {
        return !processesOf(podOf(client, Cluster.DAEMON, node).getMetadata().getUid())
                .isEmpty();
    }

    static LocalProcess operator(KubernetesClient client) {
        return onlyOne(client, Cluster.OPERATOR, null);
    }

    /** The API server that a client speaks to. */
    static LocalProcess apiServer(KubernetesClient client) {
        String address = "--advertise-address=" + client.getMasterUrl().getHost();
        return ProcessHandle.allProcesses()
                .filter(process -> List.of(
                                text("/proc/" + process.pid() + "/cmdline").split("\0", -1))
                        .contains(address))
                .findFirst()
                .map(process -> new LocalProcess("kube-apiserver", "", process))
                .orElseThrow(() -> new IllegalStateException(
                        "no API server with " + address + " on this machine; this test needs hack/up.sh"));
    }

    /** The operator that holds the lease. */
    static LocalProcess leadingOperator(KubernetesClient client) {
        String leader = Cluster.leader(client);
        return ofPod(Cluster.podsOf(client, Cluster.OPERATOR).stream()
                .filter(pod -> leader.startsWith(pod.getMetadata().getName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no pod of the leader " + leader)));
    }

    /** Whether the kubelet has started another process of the same pod. */
    boolean isThereAgain() {
        return processesOf(uid).stream().anyMatch(process -> process.pid() != handle.pid());
    }

    /** SIGSTOP: the process is there and does nothing, as on a machine that swaps or was paused. */
    void suspend() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    /** SIGKILL, and waits until the process is gone. */
    void kill() {
        handle.destroyForcibly();
        handle.onExit().join();
    }

    private static LocalProcess onlyOne(KubernetesClient client, String app, @Nullable String node) {
        return ofPod(podOf(client, app, node));
    }

    private static Pod podOf(KubernetesClient client, String app, @Nullable String node) {
        return Cluster.podsOf(client, app).stream()
                .filter(candidate -> candidate.getMetadata().getDeletionTimestamp() == null)
                .filter(candidate ->
                        node == null || node.equals(candidate.getSpec().getNodeName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no pod of " + app + " in " + NAMESPACE
                        + (node == null ? "" : " on " + node) + "; is Heddle installed?"));
    }

    private static LocalProcess ofPod(Pod pod) {
        List<ProcessHandle> processes = processesOf(pod.getMetadata().getUid());
        if (processes.isEmpty()) {
            throw new IllegalStateException(
                    "no process of pod " + pod.getMetadata().getName()
                            + " on this machine; this test needs nodes that run here (hack/up.sh or kind)");
        }
        return new LocalProcess(pod.getMetadata().getName(), pod.getMetadata().getUid(), processes.getFirst());
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(handle.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " of " + pod + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while signalling " + pod, e);
        }
    }

    private static List<ProcessHandle> processesOf(String podUid) {
        String systemdStyle = podUid.replace('-', '_');
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    String groups = cgroups(process.pid());
                    return groups.contains(podUid) || groups.contains(systemdStyle);
                })
                .filter(process -> isJava(process.pid()))
                .toList();
    }

    private static String cgroups(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/cgroup"))) {
            return String.join("\n", lines.toList());
        } catch (IOException | UncheckedIOException e) {
            return ""; // The process ended meanwhile.
        }
    }

    private static boolean isJava(long pid) {
        return text("/proc/" + pid + "/comm").startsWith("java");
    }

    /** A file of a process; empty when that ended meanwhile. */
    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return "";
        }
    }
}
