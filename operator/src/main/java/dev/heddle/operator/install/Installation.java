package dev.heddle.operator.install;

import dev.heddle.crds.Heddle;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;

/**
 * Names and labels that the installed objects share.
 *
 * @param heddle the owner of all of them
 * @param namespace where the namespaced ones are
 */
record Installation(Heddle heddle, String namespace) {

    /** The name of everything that belongs to the node daemon. */
    static final String NAME = "heddle-node";

    static final Map<String, String> LABELS =
            Map.of("app.kubernetes.io/name", NAME, "app.kubernetes.io/part-of", "heddle");

    static final Map<String, String> SELECTOR = Map.of("app.kubernetes.io/name", NAME);

    /** Metadata of a cluster-scoped object. */
    ObjectMeta metadata() {
        return new ObjectMetaBuilder()
                .withName(NAME)
                .withLabels(LABELS)
                .addNewOwnerReference()
                .withApiVersion(heddle.getApiVersion())
                .withKind(heddle.getKind())
                .withName(heddle.getMetadata().getName())
                .withUid(heddle.getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .build();
    }

    ObjectMeta namespacedMetadata() {
        ObjectMeta metadata = metadata();
        metadata.setNamespace(namespace);
        return metadata;
    }
}
