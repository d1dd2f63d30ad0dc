package dev.heddle.operator.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A Pod, with the few fields that say which policies govern it and where. */
@Group("")
@Version("v1")
@Kind("Pod")
@Singular("pod")
@Plural("pods")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonDeserialize(using = JsonDeserializer.None.class) // by its fields, not by its kind
@SuppressWarnings("serial") // of the API objects' kind by their interface; never serialized by Java
public final class SlimPod implements HasMetadata, Namespaced {

    private static final long serialVersionUID = 1L;

    private String apiVersion = "v1";

    @JsonIgnoreProperties({"managedFields", "ownerReferences", "annotations"})
    private ObjectMeta metadata = new ObjectMeta();

    private @Nullable Spec spec;
    private @Nullable Status status;

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    @Override
    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public void setMetadata(ObjectMeta metadata) {
        this.metadata = metadata;
    }

    public @Nullable Spec getSpec() {
        return spec;
    }

    public void setSpec(@Nullable Spec spec) {
        this.spec = spec;
    }

    public @Nullable Status getStatus() {
        return status;
    }

    public void setStatus(@Nullable Status status) {
        this.status = status;
    }

    /** Where the pod runs, and whether in the node's own network. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(@Nullable String nodeName, boolean hostNetwork) {}

    /** How far the pod is. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Status(@Nullable String phase) {}
}
