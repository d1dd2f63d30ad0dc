package dev.heddle.crds;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import org.jspecify.annotations.Nullable;

/**
 * How Heddle is installed on every node. Everything has a default; {@code spec: {}} is a whole installation.
 *
 * @param image image of the node daemon
 * @param imagePullPolicy when the kubelet pulls the image
 * @param resources what the node daemon's container asks for and may use; absent: the operator's default
 * @param cni how Heddle stands in the nodes' CNI configuration
 * @param kubernetesService address of the API server for nodes without a service proxy; absent: the usual
 *     environment variables of a pod
 * @param services translation of Services' addresses when a socket connects
 * @param metrics where a scraper reaches the metrics of every node; absent: nowhere, they are on the nodes' loopback only
 * @param onDelete what nodes do when this object is deleted
 */
@Wire
public record HeddleSpec(
        @Default(DEFAULT_IMAGE) @Size(min = 1) String image,
        @Default("IfNotPresent") PullPolicy imagePullPolicy,
        @Nullable ResourceRequirements resources,
        Cni cni,
        @Nullable KubernetesService kubernetesService,
        Services services,
        @Nullable Metrics metrics,
        @Default("Detach") OnDelete onDelete) {

    /** The image of this version. */
    public static final String DEFAULT_IMAGE = "heddle.dev/node-daemon:0.1.0";

    /** A spec that says nothing: all defaults. */
    public static final HeddleSpec DEFAULTS = new HeddleSpec(
            DEFAULT_IMAGE,
            PullPolicy.IfNotPresent,
            null,
            Cni.DEFAULTS,
            null,
            new Services(true),
            null,
            OnDelete.Detach);

    /** Whatever is absent takes its default, also for objects that did not pass the API server. */
    public HeddleSpec {
        image = image == null ? DEFAULT_IMAGE : image;
        imagePullPolicy = imagePullPolicy == null ? PullPolicy.IfNotPresent : imagePullPolicy;
        cni = cni == null ? Cni.DEFAULTS : cni;
        services = services == null ? new Services(true) : services;
        onDelete = onDelete == null ? OnDelete.Detach : onDelete;
    }

    /**
     * Chaining behind another CNI plugin.
     *
     * @param chaining on: every new pod's ADD waits for its policy; off: the nodes' CNI configuration is left
     *     alone and pods are attached when the daemon sees them
     * @param confDir the host's folder of network configurations
     * @param binDir the host's folder of plugins
     */
    @Wire
    public record Cni(
            @Default("true") Boolean chaining,
            @Default(CONF_DIR) @Pattern("^/.+") String confDir,
            @Default(BIN_DIR) @Pattern("^/.+") String binDir) {

        static final String CONF_DIR = "/etc/cni/net.d";
        static final String BIN_DIR = "/opt/cni/bin";

        /** Chaining, in the folders that most distributions use. */
        public static final Cni DEFAULTS = new Cni(true, CONF_DIR, BIN_DIR);

        public Cni {
            chaining = chaining == null || chaining;
            confDir = confDir == null ? CONF_DIR : confDir;
            binDir = binDir == null ? BIN_DIR : binDir;
        }
    }

    /**
     * The API server's address as processes of the node's own network reach it.
     *
     * @param host name or IP address
     * @param port TCP port
     */
    @Wire
    public record KubernetesService(
            @Required @Size(min = 1) String host,
            @Required @Min(1) @Max(65535) int port) {}

    /**
     * Services of the cluster.
     *
     * @param enabled whether the node daemon translates ClusterIPs, and NodePorts inside the cluster, when a socket connects
     */
    @Wire
    public record Services(@Default("true") Boolean enabled) {
        public Services {
            enabled = enabled == null || enabled;
        }
    }

    /**
     * Metrics for a scraper.
     *
     * @param port TCP port of each node's own address, status.hostIP of the daemon's pod, where /metrics is served
     */
    @Wire
    public record Metrics(
            @Default("9442") @Min(1) @Max(65535) Integer port) {

        static final int PORT = 9442;

        public Metrics {
            port = port == null ? Integer.valueOf(PORT) : port;
        }
    }

    /** As of {@code core/v1} containers. */
    public enum PullPolicy {
        Always,
        IfNotPresent,
        Never
    }

    /** Detach: every node removes its programs first. Keep: the last policy stays in force. */
    public enum OnDelete {
        Detach,
        Keep
    }
}
