package dev.heddle.operator.index;

import dev.heddle.crds.TranslatedPolicy;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * A cluster-wide policy and what its status says.
 *
 * @param conditions all of them, other implementations' too
 */
public record ClusterPolicy(TranslatedPolicy policy, List<Condition> conditions) {

    public ClusterPolicy {
        conditions = List.copyOf(conditions);
    }

    /** The name of the object. */
    public String name() {
        return policy.source().name();
    }
}
