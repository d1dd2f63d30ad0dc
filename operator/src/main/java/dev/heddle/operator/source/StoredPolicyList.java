package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list whose items are {@link StoredPolicy}; see {@link PartialObject}. */
public final class StoredPolicyList extends DefaultKubernetesResourceList<StoredPolicy> {

    private static final long serialVersionUID = 1L;
}
