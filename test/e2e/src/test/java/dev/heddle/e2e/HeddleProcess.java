package dev.heddle.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process of Heddle itself, found on this machine by its pod's cgroup, so that a test can end it as a crash
 * would: with SIGKILL and without the kubelet knowing. Works where the nodes run on this machine.
 */
record HeddleProcess(String pod, ProcessHandle handle) {

    private static final String NAMESPACE = "heddle-system";

    static HeddleProcess daemonOn(KubernetesClient client, String node) {
        return onlyOne(client, "heddle-node", node);
    }

    static HeddleProcess operator(KubernetesClient client) {
        return onlyOne(client, "heddle-operator", null);
    }

    /** SIGKILL, and waits until the process is gone. */
    void kill() {
        handle.destroyForcibly();
        handle.onExit().join();
    }

    private static HeddleProcess onlyOne(
            KubernetesClient client, String app, @org.jspecify.annotations.Nullable String node) {
        Pod pod =
                client.pods().inNamespace(NAMESPACE).withLabel("app.kubernetes.io/name", app).list().getItems().stream()
                        .filter(candidate -> candidate.getMetadata().getDeletionTimestamp() == null)
                        .filter(candidate ->
                                node == null || node.equals(candidate.getSpec().getNodeName()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no pod of " + app + " in " + NAMESPACE
                                + (node == null ? "" : " on " + node) + "; is Heddle installed?"));
        List<ProcessHandle> processes = processesOf(pod.getMetadata().getUid());
        if (processes.isEmpty()) {
            throw new IllegalStateException(
                    "no process of pod " + pod.getMetadata().getName()
                            + " on this machine; this test needs nodes that run here (hack/up.sh or kind)");
        }
        return new HeddleProcess(pod.getMetadata().getName(), processes.getFirst());
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
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm")).startsWith("java");
        } catch (IOException e) {
            return false;
        }
    }
}
