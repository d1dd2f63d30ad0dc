package dev.heddle.operator.write;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.core.instrument.Metrics;

/** Writes with the operator's field manager, nearly always by server-side apply. Every write is counted by kind. */
public final class Applier {

    /** Owner of every field that the operator sets. */
    public static final String FIELD_MANAGER = "heddle-operator";

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FIELD_MANAGER)
            .withForce(true)
            .build();

    private final KubernetesClient client;

    public Applier(KubernetesClient client) {
        this.client = client;
    }

    public KubernetesClient client() {
        return client;
    }

    /**
     * Applies the whole object.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException 409 when the resource version is an old one
     */
    public <R extends HasMetadata> R apply(R object) {
        count(object);
        return client.resource(object).patch(APPLY);
    }

    /** The same for the status alone. */
    public <R extends HasMetadata> R applyStatus(R object) {
        count(object);
        return client.resource(object).subresource("status").patch(APPLY);
    }

    /**
     * Creates a cluster-scoped object as its author wrote it. The typed client cannot name a field manager here.
     *
     * @param kind the object's kind
     * @throws io.fabric8.kubernetes.client.KubernetesClientException 409 when it exists, 422 when it is not valid, 400
     *     when its schema does not know a field
     */
    public void create(GenericKubernetesResource object, Class<? extends HasMetadata> kind) {
        count(object);
        client.raw(
                "/apis/" + HasMetadata.getApiVersion(kind) + "/" + HasMetadata.getPlural(kind) + "?fieldManager="
                        + FIELD_MANAGER + "&fieldValidation=Strict",
                "POST",
                object);
    }

    private static void count(HasMetadata object) {
        Metrics.counter("heddle.operator.writes", "kind", object.getKind()).increment();
    }
}
