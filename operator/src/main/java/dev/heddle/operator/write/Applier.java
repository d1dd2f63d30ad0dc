package dev.heddle.operator.write;

import dev.heddle.crds.Api;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.core.instrument.Metrics;
import java.util.List;

/** Writes with the operator's field manager, nearly always by server-side apply. Every write is counted by kind. */
public final class Applier {

    /** Owner of every field that the operator sets. */
    public static final String FIELD_MANAGER = "heddle-operator";

    private static final PatchContext APPLY = apply().build();

    /** Schemas of our kinds are made of the same records, so the API server need not parse each write a second time for fields
     * that it does not know. */
    private static final PatchContext APPLY_OURS =
            apply().withFieldValidation("Ignore").build();

    private static final PatchContext UNTRACK = PatchContext.of(PatchType.JSON);

    /** One empty entry is how to say none. */
    private static final List<ManagedFieldsEntry> UNTRACKED = List.of(new ManagedFieldsEntry());

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
        return client.resource(object).patch(context(object));
    }

    /** The same for the status alone. */
    public <R extends HasMetadata> R applyStatus(R object) {
        count(object);
        return client.resource(object).subresource("status").patch(context(object));
    }

    /**
     * Creates a cluster-scoped object of our kinds.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException 409 when it exists
     */
    public <R extends HasMetadata> R create(R object) {
        return send(object, "POST", path(object.getClass()));
    }

    /**
     * Puts it in the place of the version that was seen. Of all writes this costs the API server least, and what was there
     * is gone, whoever wrote it. Its fields are not tracked ({@link #untrack}).
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException 409 when there is another version by now
     */
    public <R extends HasMetadata> R replace(R object, String resourceVersion) {
        object.getMetadata().setResourceVersion(resourceVersion);
        object.getMetadata().setManagedFields(UNTRACKED);
        return send(
                object,
                "PUT",
                path(object.getClass()) + "/" + object.getMetadata().getName());
    }

    /**
     * Has the API server forget who wrote which field of an object whose every part has one writer. As long as nobody applies it,
     * each later write costs a third less ({@code managedFields}, "Server-Side Apply" in the Kubernetes documentation).
     */
    public <R extends HasMetadata> R untrack(R object) {
        count(object);
        return client.resource(object)
                .patch(UNTRACK, "[{\"op\":\"add\",\"path\":\"/metadata/managedFields\",\"value\":[{}]}]");
    }

    @SuppressWarnings("unchecked") // the API server answers with the object as it is stored
    private <R extends HasMetadata> R send(R object, String method, String path) {
        count(object);
        String stored = client.raw(path + "?fieldManager=" + FIELD_MANAGER + "&fieldValidation=Ignore", method, object);
        return (R) client.getKubernetesSerialization().unmarshal(stored, object.getClass());
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
        client.raw(path(kind) + "?fieldManager=" + FIELD_MANAGER + "&fieldValidation=Strict", "POST", object);
    }

    private static String path(Class<? extends HasMetadata> kind) {
        return "/apis/" + HasMetadata.getApiVersion(kind) + "/" + HasMetadata.getPlural(kind);
    }

    private static PatchContext context(HasMetadata object) {
        return object.getApiVersion().startsWith(Api.GROUP + "/") ? APPLY_OURS : APPLY;
    }

    private static PatchContext.Builder apply() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER)
                .withForce(true);
    }

    private static void count(HasMetadata object) {
        Metrics.counter("heddle.operator.writes", "kind", object.getKind()).increment();
    }
}
