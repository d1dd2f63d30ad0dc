package dev.heddle.node.source;

import dev.heddle.crds.ClusterNetworkPolicy;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Heddle's own kinds at an API server that has none yet. */
public final class HeddleKinds {

    private HeddleKinds() {}

    /** Defines those of {@code config/crd}. */
    public static void define(KubernetesClient client) throws IOException {
        defineAll(client, "crd");
    }

    /** Defines upstream's kind, and returns when it is served. */
    static void defineClusterNetworkPolicy(KubernetesClient client) throws IOException {
        defineAll(client, "clusternetworkpolicy");
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(ClusterNetworkPolicy.CRD_NAME)
                .waitUntilCondition(HeddleKinds::isServed, 30, TimeUnit.SECONDS);
    }

    private static boolean isServed(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(one -> one.getType().equals("Established")
                                && one.getStatus().equals("True"));
    }

    private static void defineAll(KubernetesClient client, String folder) throws IOException {
        try (Stream<Path> crds = Files.list(Path.of("../config", folder))) {
            for (Path crd :
                    crds.filter(path -> !path.endsWith("kustomization.yaml")).toList()) {
                try (InputStream yaml = Files.newInputStream(crd)) {
                    client.load(yaml).create();
                }
            }
        }
    }
}
