package dev.heddle.e2e;

import dev.heddle.crds.ClusterNetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The kind ClusterNetworkPolicy, which is not Heddle's: a cluster that lacks it gets it until {@link #close()}, and Heddle
 * must notice.
 */
final class ClusterPolicyKind implements AutoCloseable {

    private static final Path KIND = Path.of("../../config/clusternetworkpolicy/clusternetworkpolicies.yaml");

    private final KubernetesClient client;
    private final boolean definedHere;

    /** Defines the kind unless it is there, and waits until it is served. */
    ClusterPolicyKind(KubernetesClient client) throws IOException {
        this.client = client;
        var definition =
                client.apiextensions().v1().customResourceDefinitions().withName(ClusterNetworkPolicy.CRD_NAME);
        definedHere = definition.get() == null;
        if (definedHere) {
            try (InputStream yaml = Files.newInputStream(KIND)) {
                client.load(yaml).create();
            }
        }
        Await.until(
                "the kind is served",
                () -> Stream.ofNullable(definition.require().getStatus().getConditions())
                        .flatMap(List::stream)
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True")));
    }

    @Override
    public void close() {
        if (definedHere) {
            client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(ClusterNetworkPolicy.CRD_NAME)
                    .delete();
        }
    }
}
