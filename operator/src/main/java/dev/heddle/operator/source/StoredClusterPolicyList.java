package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list whose items are {@link StoredClusterPolicy}; see {@link PartialObject}. */
public final class StoredClusterPolicyList extends DefaultKubernetesResourceList<StoredClusterPolicy> {

    private static final long serialVersionUID = 1L;
}
