package dev.heddle.operator.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.heddle.crds.NodeEndpointsSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A NodeEndpoints without its addresses, which change with every pod. */
@Group("heddle.dev")
@Version("v1alpha1")
@Kind("NodeEndpoints")
@Singular("nodeendpoints")
@Plural("nodeendpoints")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonDeserialize(using = JsonDeserializer.None.class) // by its fields, not by its kind
@SuppressWarnings("serial") // of the API objects' kind by their interface; never serialized by Java
public final class StoredEndpoints implements HasMetadata {

    private static final long serialVersionUID = 1L;

    private String apiVersion = "heddle.dev/v1alpha1";

    @JsonIgnoreProperties({"managedFields", "ownerReferences"})
    private ObjectMeta metadata = new ObjectMeta();

    private @Nullable NodeEndpointsSpec spec;

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

    public @Nullable NodeEndpointsSpec getSpec() {
        return spec;
    }

    public void setSpec(@Nullable NodeEndpointsSpec spec) {
        this.spec = spec;
    }
}
