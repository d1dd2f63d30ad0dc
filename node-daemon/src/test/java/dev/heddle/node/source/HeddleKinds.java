package dev.heddle.node.source;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Heddle's own kinds at an API server that has none yet. */
public final class HeddleKinds {

    private HeddleKinds() {}

    /** Defines those of {@code config/crd}. */
    public static void define(KubernetesClient client) throws IOException {
        try (Stream<Path> crds = Files.list(Path.of("../config/crd"))) {
            for (Path crd :
                    crds.filter(path -> !path.endsWith("kustomization.yaml")).toList()) {
                try (InputStream yaml = Files.newInputStream(crd)) {
                    client.load(yaml).create();
                }
            }
        }
    }
}
