package dev.heddle.node.netns;

import dev.heddle.node.Main;
import dev.heddle.node.cni.PluginRun;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The whole daemon as a process of its own, its state folder, and the CNI plugin that asks it. */
final class NodeProcess {

    /** Long enough for a daemon that can admit a pod, and what a test waits for one that cannot. */
    private static final int BOUND_SECONDS = 30;

    /** What the plugin says when nobody listens. */
    static final String AWAY = "the node daemon is not there";

    /** Where a daemon's metrics are: the setting's name. */
    static final String PORT = "HEDDLE_PORT";

    private final Path folder;

    /** @param folder for what it keeps; its path is short */
    NodeProcess(Path folder) {
        this.folder = folder;
    }

    /** Starts a daemon on what the last one left. */
    ChildDaemon start(String kubeConfig) throws IOException {
        Map<String, String> environment = environment(folder, kubeConfig, NodeObjects.NODE);
        environment.put("HEDDLE_LOG", "text");
        ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(
                Path.of("target/" + folder.getFileName() + ".log").toFile());
        return ChildDaemon.start(Main.class, log, environment);
    }

    /** A daemon's settings: it keeps to a folder, installs no CNI configuration and translates no services. */
    static Map<String, String> environment(Path folder, String kubeConfig, String node) throws IOException {
        Path config = Files.writeString(folder.resolve("kubeconfig"), kubeConfig);
        Map<String, String> environment = new HashMap<>();
        environment.put("KUBECONFIG", config.toString());
        environment.put("NODE_NAME", node);
        environment.put("HEDDLE_CNI_CHAINING", "false");
        environment.put("HEDDLE_CNI_RESULTS", folder.resolve("results").toString());
        environment.put("HEDDLE_SERVICES", "false");
        environment.put("HEDDLE_PINS", TestPins.FOLDER.toString());
        environment.put("HEDDLE_STATE", folder.toString());
        environment.put(PORT, Integer.toString(freePort()));
        return environment;
    }

    /** Waits until a daemon answers the plugin. */
    void awaitAnswer() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (run("STATUS", TwoPods.A, BOUND_SECONDS).output().contains(AWAY)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no daemon answers at " + folder);
            }
            Thread.sleep(50);
        }
    }

    PluginRun add(TwoPods.Pod pod) {
        return add(pod, BOUND_SECONDS);
    }

    /** What a runtime asks after the base plugin has made the pod's device. */
    PluginRun add(TwoPods.Pod pod, int boundSeconds) {
        return run("ADD", pod, boundSeconds);
    }

    PluginRun del(TwoPods.Pod pod) {
        return run("DEL", pod, BOUND_SECONDS);
    }

    private PluginRun run(String command, TwoPods.Pod pod, int boundSeconds) {
        Map<String, String> environment = Map.of(
                "CNI_CONTAINERID",
                "sandbox-" + pod.name(),
                "CNI_NETNS",
                pod.namespace().toString(),
                "CNI_IFNAME",
                "eth0",
                "CNI_ARGS",
                "IgnoreUnknown=1;K8S_POD_NAMESPACE=%s;K8S_POD_NAME=%s".formatted(NodeObjects.NAMESPACE, pod.name()));
        return PluginRun.of(command, environment, """
                {"cniVersion": "1.0.0", "name": "pods", "type": "heddle-cni", "socket": "%s", "timeoutSeconds": %d,
                 "prevResult": {"cniVersion": "1.0.0",
                  "interfaces": [{"name": "%s"}, {"name": "eth0", "sandbox": "%s"}],
                  "ips": [{"address": "%s/24", "interface": 1}, {"address": "%s/64", "interface": 1}]}}""".formatted(
                        folder.resolve("cni.sock"),
                        boundSeconds,
                        pod.device(),
                        pod.namespace(),
                        pod.address(),
                        pod.address6()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
