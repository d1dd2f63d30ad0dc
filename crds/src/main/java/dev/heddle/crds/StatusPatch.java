package dev.heddle.crds;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;

/**
 * Writes the whole status of an object whose status has one writer, by a JSON patch (RFC 6902) of the status subresource. It costs the
 * API server two thirds of a server-side apply as long as nobody's fields are tracked in the object (docs/adr/0009), and what the
 * status was before is gone.
 */
public final class StatusPatch {

    private static final PatchContext CONTEXT = new PatchContext.Builder()
            .withPatchType(PatchType.JSON)
            .withFieldManager("heddle-node")
            .withFieldValidation("Ignore") // the schemas are made of the same records
            .build();

    private StatusPatch() {}

    /**
     * Puts this in the place of the status that there is.
     *
     * @param kind of a cluster-scoped object
     * @throws io.fabric8.kubernetes.client.KubernetesClientException 404 when there is no such object, 422 when the status is
     *     not valid
     */
    public static void write(KubernetesClient client, Class<? extends HasMetadata> kind, String name, Object status) {
        String patch = client.getKubernetesSerialization()
                .asJson(List.of(Map.of("op", "add", "path", "/status", "value", status)));
        client.resources(kind).withName(name).subresource("status").patch(CONTEXT, patch);
    }
}
