package dev.heddle.olm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.HeddleSpec;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.CRDDescription;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.ClusterServiceVersion;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.RelatedImage;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.StrategyDetailsDeployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BundleTest {

    private static final Path CONFIG = Path.of("../config");

    @Test
    void theCommittedBundleIsWhatConfigSays() throws IOException {
        SortedMap<String, String> generated = Bundle.generate(CONFIG);
        if (Boolean.getBoolean("heddle.regenerate")) {
            for (Map.Entry<String, String> file : generated.entrySet()) {
                Path path = Path.of(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        }

        assertThat(committed())
                .as("olm-bundle is not what config/ says. Run: ./mvnw -pl olm-bundle -am test "
                        + "-Dsurefire.failIfNoSpecifiedTests=false -Dtest=BundleTest "
                        + "-Dheddle.argLine=-Dheddle.regenerate=true")
                .isEqualTo(generated);
    }

    @Test
    void itInstallsTheOperatorThatConfigInstalls() throws IOException {
        Config config = Config.read(CONFIG);
        StrategyDetailsDeployment install = csv().getSpec().getInstall().getSpec();

        assertThat(install.getDeployments()).hasSize(1);
        assertThat(install.getDeployments().getFirst().getName())
                .isEqualTo(config.operator().getMetadata().getName());
        assertThat(install.getDeployments().getFirst().getSpec())
                .isEqualTo(config.operator().getSpec());
    }

    @Test
    void itGrantsExactlyTheRightsThatConfigGrants() throws IOException {
        Config config = Config.read(CONFIG);
        StrategyDetailsDeployment install = csv().getSpec().getInstall().getSpec();

        assertThat(install.getClusterPermissions()).singleElement().satisfies(granted -> {
            assertThat(granted.getServiceAccountName()).isEqualTo("heddle-operator");
            assertThat(granted.getRules()).isEqualTo(config.clusterRole().getRules());
        });
        assertThat(install.getPermissions()).singleElement().satisfies(granted -> {
            assertThat(granted.getServiceAccountName()).isEqualTo("heddle-operator");
            assertThat(granted.getRules()).isEqualTo(config.role().getRules());
        });
    }

    @Test
    void itOwnsTheKindsThatConfigDefinesAndCarriesTheirSchemas() throws IOException {
        Config config = Config.read(CONFIG);

        assertThat(csv().getSpec().getCustomresourcedefinitions().getOwned())
                .extracting(CRDDescription::getName, CRDDescription::getKind, CRDDescription::getVersion)
                .containsExactlyElementsOf(config.crds().stream()
                        .map(crd -> org.assertj.core.groups.Tuple.tuple(
                                crd.getMetadata().getName(),
                                crd.getSpec().getNames().getKind(),
                                crd.getSpec().getVersions().getFirst().getName()))
                        .toList());
        assertThat(carriedCrds()).containsExactlyInAnyOrderElementsOf(config.crds());
    }

    @Test
    void itNamesEveryImageThatWillRun() throws IOException {
        ClusterServiceVersion csv = csv();
        List<String> images = csv.getSpec().getRelatedImages().stream()
                .map(RelatedImage::getImage)
                .toList();

        assertThat(images)
                .containsExactlyInAnyOrder(
                        csv.getSpec()
                                .getInstall()
                                .getSpec()
                                .getDeployments()
                                .getFirst()
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst()
                                .getImage(),
                        HeddleSpec.DEFAULT_IMAGE);
        assertThat(csv.getMetadata().getAnnotations()).containsEntry("containerImage", images.getFirst());
        assertThat(csv.getMetadata().getName()).endsWith("v" + csv.getSpec().getVersion());
        assertThat(images).allMatch(image -> image.endsWith(":" + csv.getSpec().getVersion()));
    }

    private static ClusterServiceVersion csv() throws IOException {
        return Config.YAML.unmarshal(Files.readString(Path.of(Bundle.CSV)), ClusterServiceVersion.class);
    }

    private static List<CustomResourceDefinition> carriedCrds() throws IOException {
        List<CustomResourceDefinition> crds = new ArrayList<>();
        for (Map.Entry<String, String> file : committed().entrySet()) {
            if (file.getKey().endsWith(".crd.yaml")) {
                crds.add(Config.YAML.unmarshal(file.getValue(), CustomResourceDefinition.class));
            }
        }
        return crds;
    }

    private static SortedMap<String, String> committed() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        for (String folder : List.of("manifests", "metadata")) {
            try (Stream<Path> found = Files.list(Path.of(folder))) {
                for (Path file : found.toList()) {
                    files.put(folder + "/" + file.getFileName(), Files.readString(file));
                }
            }
        }
        return files;
    }
}
