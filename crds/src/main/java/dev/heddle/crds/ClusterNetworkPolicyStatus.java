package dev.heddle.crds;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * What implementations say about a ClusterNetworkPolicy. Several may: the types of each have a prefix of their own.
 *
 * @param conditions {@link #ACCEPTED} and {@link #ENFORCED} are Heddle's
 */
@Wire
public record ClusterNetworkPolicyStatus(List<Condition> conditions) {

    /** Whether the policy is understood. */
    public static final String ACCEPTED = Api.GROUP + "/Accepted";

    /** Whether every node that must runs this generation, and all of it as written. */
    public static final String ENFORCED = Api.GROUP + "/Enforced";

    public ClusterNetworkPolicyStatus {
        conditions = Lists.copyOf(conditions);
    }
}
