package dev.heddle.crds;

import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * {@code ClusterNetworkPolicy} of {@code policy.networking.k8s.io/v1alpha2}, whose authors are not ours. A cluster may
 * lack the kind. Its definition comes from upstream's release, or from {@code config/clusternetworkpolicy}.
 */
@Group(ClusterNetworkPolicy.GROUP)
@Version(ClusterNetworkPolicy.VERSION)
@Kind(ClusterNetworkPolicy.KIND)
@Singular("clusternetworkpolicy")
@Plural(ClusterNetworkPolicy.PLURAL)
@ShortNames("cnp")
public final class ClusterNetworkPolicy extends CustomResource<ClusterNetworkPolicySpec, ClusterNetworkPolicyStatus> {

    public static final String GROUP = "policy.networking.k8s.io";
    public static final String VERSION = "v1alpha2";
    public static final String KIND = "ClusterNetworkPolicy";
    public static final String PLURAL = "clusternetworkpolicies";

    /** The name of the definition of the kind. */
    public static final String CRD_NAME = PLURAL + "." + GROUP;

    private static final long serialVersionUID = 1L;
}
