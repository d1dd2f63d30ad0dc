package dev.heddle.olm;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.ClusterServiceVersion;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.ClusterServiceVersionBuilder;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.InstallMode;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.InstallModeBuilder;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.NamedInstallStrategy;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.NamedInstallStrategyBuilder;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.RelatedImage;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.RelatedImageBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The ClusterServiceVersion: what OLM installs, with which rights, and how a catalog shows it. */
final class Csv {

    static final String VERSION = "0.1.0";
    static final String NAME = "heddle-operator.v" + VERSION;

    private static final String DESCRIPTION = """
            Heddle enforces Kubernetes network policy in the Linux kernel with BPF. A policy change is atomic on a
            node, the cost of a verdict does not depend on the number of policies, and status says what is
            enforced where.

            Create a `Heddle` named `heddle` to install the node daemon. It runs beside any CNI plugin, chained.
            See docs/olm.md of the project for the admission policy that OLM cannot carry.
            """;

    private Csv() {}

    static ClusterServiceVersion of(Config config) {
        return new ClusterServiceVersionBuilder()
                .withMetadata(metadata(config))
                .withNewSpec()
                .withDisplayName("Heddle")
                .withDescription(DESCRIPTION)
                .withKeywords("network policy", "networking", "security", "bpf")
                .addNewMaintainer("maintainers@heddle.dev", "Heddle maintainers")
                .withNewProvider("Heddle", "https://heddle.dev")
                .withMaturity("alpha")
                .withVersion(VERSION)
                .withMinKubeVersion("1.32.0")
                .withInstallModes(installModes())
                .withNewCustomresourcedefinitions()
                .withOwned(config.crds().stream().map(OwnedKind::of).toList())
                .endCustomresourcedefinitions()
                .withInstall(install(config))
                .withRelatedImages(relatedImages(config))
                .endSpec()
                .build();
    }

    private static ObjectMeta metadata(Config config) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("alm-examples", "[" + Config.YAML.asJson(config.example()) + "]");
        annotations.put("capabilities", "Basic Install");
        annotations.put("categories", "Networking,Security");
        annotations.put("containerImage", operatorImage(config));
        annotations.put(
                "description", "Network policy enforced in the Linux kernel: atomic, constant cost, honest status");
        // Consoles offer it once the operator runs; OLM itself creates nothing.
        annotations.put("operatorframework.io/initialization-resource", Config.YAML.asJson(config.example()));
        annotations.put("operatorframework.io/suggested-namespace", "heddle-system");
        annotations.put(
                "operators.operatorframework.io/internal-objects",
                "[\"enforcementreports.heddle.dev\",\"identities.heddle.dev\",\"nodeendpoints.heddle.dev\","
                        + "\"nodestates.heddle.dev\",\"policyheads.heddle.dev\",\"policysets.heddle.dev\"]");
        return new ObjectMetaBuilder()
                .withName(NAME)
                .withNamespace("heddle-system")
                .withAnnotations(annotations)
                .build();
    }

    private static NamedInstallStrategy install(Config config) {
        String account = config.operator().getSpec().getTemplate().getSpec().getServiceAccountName();
        return new NamedInstallStrategyBuilder()
                .withStrategy("deployment")
                .withNewSpec()
                .addNewClusterPermission()
                .withServiceAccountName(account)
                .withRules(config.clusterRole().getRules())
                .endClusterPermission()
                .addNewPermission()
                .withServiceAccountName(account)
                .withRules(config.role().getRules())
                .endPermission()
                .addNewDeployment()
                .withName(config.operator().getMetadata().getName())
                .withLabel(config.operator().getMetadata().getLabels())
                .withSpec(config.operator().getSpec())
                .endDeployment()
                .endSpec()
                .build();
    }

    /** Everything that a mirror must copy. */
    private static List<RelatedImage> relatedImages(Config config) {
        return List.of(
                new RelatedImageBuilder()
                        .withName("operator")
                        .withImage(operatorImage(config))
                        .build(),
                new RelatedImageBuilder()
                        .withName("node-daemon")
                        .withImage(config.example().getSpec().image())
                        .build());
    }

    private static String operatorImage(Config config) {
        return config.operator()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    /** Policy is about the whole cluster: one operator for all namespaces. */
    private static List<InstallMode> installModes() {
        return Stream.of("OwnNamespace", "SingleNamespace", "MultiNamespace", "AllNamespaces")
                .map(type -> new InstallModeBuilder()
                        .withType(type)
                        .withSupported(type.equals("AllNamespaces"))
                        .build())
                .toList();
    }
}
