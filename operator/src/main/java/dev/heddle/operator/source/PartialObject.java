package dev.heddle.operator.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of the API server with only those fields that somebody here reads: of some kinds there are tens of
 * thousands, and all are kept in memory. Never written.
 *
 * <p>Each subclass K needs a class KList beside it: the client looks for it by this name, and the items of a list
 * carry no kind, so without it nobody would know what they are.
 *
 * @param <S> what is read of {@code spec}
 * @param <T> what is read of {@code status}; Void: nothing
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonDeserialize(using = JsonDeserializer.None.class) // by its fields; by its kind it would become the whole object
@SuppressWarnings("serial") // serializable by its interface only
public abstract class PartialObject<S, T> implements HasMetadata {

    private static final long serialVersionUID = 1L;

    private String apiVersion = HasMetadata.getApiVersion(getClass());
    private ObjectMeta metadata = new ObjectMeta();
    private @Nullable S spec;
    private @Nullable T status;

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
    @JsonIgnoreProperties({"managedFields", "ownerReferences", "annotations"})
    public void setMetadata(ObjectMeta metadata) {
        if (metadata.getLabels() != null) {
            metadata.setLabels(Map.copyOf(metadata.getLabels())); // a third of the memory, and shared with the index
        }
        this.metadata = metadata;
    }

    public @Nullable S getSpec() {
        return spec;
    }

    public void setSpec(@Nullable S spec) {
        this.spec = spec;
    }

    public @Nullable T getStatus() {
        return status;
    }

    public void setStatus(@Nullable T status) {
        this.status = status;
    }
}
