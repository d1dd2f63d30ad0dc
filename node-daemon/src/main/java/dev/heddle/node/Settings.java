package dev.heddle.node;

import java.nio.file.Path;
import java.util.Map;

/**
 * How this daemon is set up, from environment variables and {@link SettingFiles}.
 *
 * @param node this node's name
 * @param chaining whether our CNI configuration is installed
 * @param services whether service addresses are translated at connect time
 * @param pins our folder in the BPF file system
 * @param state our folder on a file system that a boot empties
 * @param cniResults what the runtime keeps of CNI results, for pods that were there before Heddle
 * @param port of the health endpoint on 127.0.0.1
 * @param metricsHost this node's address, for scrapers
 * @param metricsPort of that address, where metrics are served too; 0 for nowhere
 */
record Settings(
        String node,
        boolean chaining,
        Path cniConf,
        Path cniBin,
        boolean services,
        Path pins,
        Path state,
        Path cniResults,
        int port,
        String metricsHost,
        int metricsPort) {

    /** Where the DaemonSet mounts its ConfigMap. */
    static final Path FOLDER = Path.of("/etc/heddle");

    static final String HELP = """
            Heddle's node daemon: makes this node's kernel enforce its NodeState.

            usage: dev.heddle.node.Main [--help | --detach]

              --help    this text
              --detach  take Heddle off this node: programs, pins and CNI configuration; then end

            environment, or files of these names in /etc/heddle:
              NODE_NAME            this node's name at the API server (required, but for --detach)
              HEDDLE_CNI_CHAINING  install a CNI configuration that follows the base plugin's (true)
              HEDDLE_CNI_CONF_DIR  network configurations (/etc/cni/net.d)
              HEDDLE_CNI_BIN_DIR   CNI plugins (/opt/cni/bin)
              HEDDLE_CNI_RESULTS   results kept by the runtime, to find pods that were there first (/var/lib/cni/results)
              HEDDLE_SERVICES      translate service addresses at connect time (true)
              HEDDLE_PINS          folder in a BPF file system (/sys/fs/bpf/heddle)
              HEDDLE_STATE         state folder, with the CNI socket (/run/heddle)
              HEDDLE_PORT          port on 127.0.0.1 of /healthz, /readyz and /metrics (9441)
              HEDDLE_METRICS_PORT  port on NODE_IP where scrapers find /metrics too (none)
              HEDDLE_LOG           form of the log: json, or text for people (json)
              NODE_IP              this node's address for HEDDLE_METRICS_PORT

            The API server is found as the Kubernetes client finds it: service account, or KUBECONFIG.
            SIGTERM ends the daemon and leaves everything enforced.
            """;

    static Settings of(Map<String, String> environment) {
        return new Settings(
                environment.getOrDefault("NODE_NAME", ""),
                flag(environment, "HEDDLE_CNI_CHAINING"),
                path(environment, "HEDDLE_CNI_CONF_DIR", "/etc/cni/net.d"),
                path(environment, "HEDDLE_CNI_BIN_DIR", "/opt/cni/bin"),
                flag(environment, "HEDDLE_SERVICES"),
                path(environment, "HEDDLE_PINS", "/sys/fs/bpf/heddle"),
                path(environment, "HEDDLE_STATE", "/run/heddle"),
                path(environment, "HEDDLE_CNI_RESULTS", "/var/lib/cni/results"),
                Integer.parseInt(environment.getOrDefault("HEDDLE_PORT", "9441")),
                environment.getOrDefault("NODE_IP", ""),
                Integer.parseInt(environment.getOrDefault("HEDDLE_METRICS_PORT", "0")));
    }

    private static boolean flag(Map<String, String> environment, String name) {
        return !"false".equals(environment.get(name));
    }

    private static Path path(Map<String, String> environment, String name, String otherwise) {
        return Path.of(environment.getOrDefault(name, otherwise));
    }
}
