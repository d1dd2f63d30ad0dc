package dev.heddle.operator.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.heddle.crds.Chunk;
import dev.heddle.crds.PolicySource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PolicySet without its rules: the operator only needs to know that it exists and what it was made from. */
@Group("heddle.dev")
@Version("v1alpha1")
@Kind("PolicySet")
@Singular("policyset")
@Plural("policysets")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonDeserialize(using = JsonDeserializer.None.class) // by its fields, not by its kind
@SuppressWarnings("serial") // of the API objects' kind by their interface; never serialized by Java
public final class StoredSet implements HasMetadata {

    private static final long serialVersionUID = 1L;

    private String apiVersion = "heddle.dev/v1alpha1";

    @JsonIgnoreProperties({"managedFields", "ownerReferences"})
    private ObjectMeta metadata = new ObjectMeta();

    private @Nullable Spec spec;

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

    /** See {@link dev.heddle.crds.PolicySetSpec}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(String namespace, Chunk chunk, List<PolicySource> sources) {}
}
