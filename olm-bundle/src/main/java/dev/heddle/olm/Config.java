package dev.heddle.olm;

import dev.heddle.crds.Heddle;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code config/} installs, typed.
 *
 * @param crds sorted by name
 * @param clusterRole the operator's rights everywhere
 * @param role the operator's rights in its namespace
 * @param example a Heddle as users write it
 */
record Config(
        List<CustomResourceDefinition> crds, ClusterRole clusterRole, Role role, Deployment operator, Heddle example) {

    static final KubernetesSerialization YAML = new KubernetesSerialization();

    /** Reads the folder. @throws IOException if a file is missing */
    static Config read(Path config) throws IOException {
        return new Config(
                crds(config.resolve("crd")),
                only(ClusterRole.class, config.resolve("rbac/operator-cluster-role.yaml")),
                only(Role.class, config.resolve("rbac/operator-role.yaml")),
                only(Deployment.class, config.resolve("operator/deployment.yaml")),
                only(Heddle.class, config.resolve("default/heddle/heddle.yaml")));
    }

    private static List<CustomResourceDefinition> crds(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith("kustomization.yaml"))
                    .map(Config::text)
                    .map(yaml -> YAML.unmarshal(yaml, CustomResourceDefinition.class))
                    .sorted(Comparator.comparing(crd -> crd.getMetadata().getName()))
                    .toList();
        }
    }

    /** The one object of a kind in a file of several. */
    private static <T extends HasMetadata> T only(Class<T> kind, Path file) {
        for (String document : text(file).split("(?m)^---$", -1)) {
            if (document.contains("\nkind: " + HasMetadata.getKind(kind) + "\n")) {
                return YAML.unmarshal(document, kind);
            }
        }
        throw new IllegalStateException(file + " has no " + HasMetadata.getKind(kind));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
