package dev.heddle.operator.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CustomResourceDefinition without its schemas: which versions of a kind the API server serves. */
@Group("apiextensions.k8s.io")
@Version("v1")
@Kind("CustomResourceDefinition")
@Singular("customresourcedefinition")
@Plural("customresourcedefinitions")
public final class SlimDefinition extends PartialObject<SlimDefinition.Spec, SlimDefinition.Status> {

    private static final long serialVersionUID = 1L;

    /** The versions there are. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(@Nullable List<ServedVersion> versions) {}

    /** One version. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ServedVersion(String name, boolean served) {}

    /** Whether the API server has taken it in. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Status(@Nullable List<Condition> conditions) {}

    /** Whether objects of this version can be read now. */
    boolean serves(String version) {
        Spec spec = getSpec();
        Status status = getStatus();
        return spec != null
                && spec.versions() != null
                && spec.versions().stream()
                        .anyMatch(one -> one.served() && one.name().equals(version))
                && status != null
                && status.conditions() != null
                && status.conditions().stream()
                        .anyMatch(condition ->
                                "Established".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
