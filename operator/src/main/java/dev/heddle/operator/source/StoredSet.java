package dev.heddle.operator.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.heddle.crds.Api;
import dev.heddle.crds.Chunk;
import dev.heddle.crds.PolicySource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/** A PolicySet without its rules: the operator only needs to know that it exists and what it was made from. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("PolicySet")
@Singular("policyset")
@Plural("policysets")
public final class StoredSet extends PartialObject<StoredSet.Spec, Void> {

    private static final long serialVersionUID = 1L;

    /** See {@link dev.heddle.crds.PolicySetSpec}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(String namespace, Chunk chunk, List<PolicySource> sources) {}
}
