package dev.heddle.operator.install;

import dev.heddle.crds.HeddleSpec;
import dev.heddle.crds.HeddleSpec.KubernetesService;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The DaemonSet that runs the node daemon on every node, with what it needs of the host. */
final class NodeDaemonSet {

    /** Where the daemon answers probes, on the node's own loopback. */
    private static final int PROBE_PORT = 9441;

    /** The ConfigMap's volume. As environment it would keep the kubelet from restarting a daemon while the API server is away. */
    private static final String SETTINGS = "settings";

    private static final ResourceRequirements DEFAULT_RESOURCES = new ResourceRequirementsBuilder()
            .addToRequests("cpu", new Quantity("50m"))
            .addToRequests("memory", new Quantity("128Mi"))
            .addToLimits("memory", new Quantity("512Mi"))
            .build();

    private NodeDaemonSet() {}

    static DaemonSet of(Installation installation) {
        HeddleSpec spec = installation.heddle().getSpec();
        List<HostPath> paths = HostPath.of(spec);
        return new DaemonSetBuilder()
                .withMetadata(installation.namespacedMetadata())
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(Installation.SELECTOR)
                .endSelector()
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxUnavailable(new IntOrString(1))
                .endRollingUpdate()
                .endUpdateStrategy()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Installation.LABELS)
                // A changed setting rolls the daemons.
                .withAnnotations(annotations(spec))
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(Installation.NAME)
                .withHostNetwork(true)
                .withHostPID(true)
                .withDnsPolicy("ClusterFirstWithHostNet")
                .withPriorityClassName("system-node-critical")
                .withNodeSelector(Map.of("kubernetes.io/os", "linux"))
                .withTolerations(everywhere())
                .withTerminationGracePeriodSeconds(10L)
                .withContainers(container(spec, paths))
                .withVolumes(paths.stream().map(NodeDaemonSet::volume).toList())
                .addNewVolume()
                .withName(SETTINGS)
                .withNewConfigMap()
                .withName(Installation.NAME)
                .endConfigMap()
                .endVolume()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static Map<String, String> annotations(HeddleSpec spec) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put("heddle.dev/settings", NodeSettings.variables(spec).toString());
        if (spec.metrics() != null) {
            // What scrapers that know no other configuration go by.
            annotations.put("prometheus.io/scrape", "true");
            annotations.put("prometheus.io/port", spec.metrics().port().toString());
        }
        return annotations;
    }

    private static List<ContainerPort> ports(HeddleSpec spec) {
        return spec.metrics() == null
                ? List.of()
                : List.of(new ContainerPortBuilder()
                        .withName("metrics")
                        .withContainerPort(spec.metrics().port())
                        .build());
    }

    private static Container container(HeddleSpec spec, List<HostPath> paths) {
        return new ContainerBuilder()
                .withName("node-daemon")
                .withImage(spec.image())
                .withImagePullPolicy(spec.imagePullPolicy().name())
                .withEnv(environment(spec.kubernetesService()))
                .withPorts(ports(spec))
                .withResources(spec.resources() == null ? DEFAULT_RESOURCES : spec.resources())
                .withNewSecurityContext()
                .withPrivileged(true)
                .endSecurityContext()
                .withNewReadinessProbe()
                .withNewHttpGet()
                .withHost("127.0.0.1")
                .withPath("/readyz")
                .withPort(new IntOrString(PROBE_PORT))
                .endHttpGet()
                .withPeriodSeconds(2)
                .withFailureThreshold(3)
                .endReadinessProbe()
                .withVolumeMounts(paths.stream().map(NodeDaemonSet::mount).toList())
                .addNewVolumeMount()
                .withName(SETTINGS)
                .withMountPath("/etc/heddle")
                .withReadOnly(true)
                .endVolumeMount()
                .build();
    }

    private static List<EnvVar> environment(@Nullable KubernetesService service) {
        List<EnvVar> variables = new ArrayList<>();
        variables.add(field("NODE_NAME", "spec.nodeName"));
        variables.add(field("NODE_IP", "status.hostIP"));
        if (service != null) {
            variables.add(new EnvVar("KUBERNETES_SERVICE_HOST", service.host(), null));
            variables.add(new EnvVar("KUBERNETES_SERVICE_PORT", Integer.toString(service.port()), null));
        }
        return variables;
    }

    private static EnvVar field(String name, String path) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef("v1", path)
                .endValueFrom()
                .build();
    }

    private static Toleration everywhere() {
        return new TolerationBuilder().withOperator("Exists").build();
    }

    private static Volume volume(HostPath path) {
        return new VolumeBuilder()
                .withName(path.name())
                .withNewHostPath(path.path(), path.type())
                .build();
    }

    private static VolumeMount mount(HostPath path) {
        return new VolumeMountBuilder()
                .withName(path.name())
                .withMountPath(path.path())
                .withMountPropagation(path.propagation())
                .build();
    }
}
